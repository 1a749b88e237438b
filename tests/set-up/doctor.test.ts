import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../scripts/free-ports.mjs';
import { pinnedNode, root } from '../../scripts/paths.mjs';
import { makeBucket } from '../support/bucket';

/** Something that answers like a LiveKit, whose keys are others than ours when `status` is 401. */
async function livekit(status: number, { aheadMs = 0, words = '{}' } = {}): Promise<string> {
  const server = createServer((asked, answer) => {
    asked.resume();
    answer.setHeader('date', new Date(Date.now() + aheadMs).toUTCString());
    answer.writeHead(asked.method === 'POST' ? status : 200).end(asked.method === 'POST' ? words : 'OK');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What `npm run doctor` says of these settings, and its exit code. */
async function doctor(settings: Record<string, string>, files: Record<string, string> = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-doctor-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dataDir, name), text);
  const { PATH } = process.env;
  const child = spawn(pinnedNode, ['scripts/doctor.mjs'], {
    cwd: root,
    env: {
      NODE_ENV: 'test',
      ...(PATH && { PATH }),
      PARLEY_DATA_DIR: dataDir,
      PORT: String(await freePort(4800)),
      LIVEKIT_API_KEY: 'parley',
      LIVEKIT_API_SECRET: '9d01e6c24ab7583fe6f02b7719ac4d35',
      ...settings,
    },
  });
  let words = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (words += chunk));
  const [code] = await once(child, 'close');
  return { code, words };
}

test('the doctor finds nothing wrong with a LiveKit that answers and takes our key', async () => {
  const { code, words } = await doctor({ LIVEKIT_URL: await livekit(200) });
  expect(words).toContain('Nothing is wrong');
  expect(code).toBe(0);
});

test('the doctor says that LiveKit does not take our key', async () => {
  const { code, words } = await doctor({ LIVEKIT_URL: await livekit(401) });
  expect(words).toMatch(/PROBLEM: .*refuses LIVEKIT_API_KEY and LIVEKIT_API_SECRET/);
  expect(code).toBe(1);
});

test.each([
  [300_000, 'ahead of'],
  [-300_000, 'behind'],
])('the doctor names a LiveKit clock that is %i ms ahead, and not the key', async (aheadMs, where) => {
  const { code, words } = await doctor({ LIVEKIT_URL: await livekit(200, { aheadMs }) });
  expect(words).toMatch(new RegExp(`PROBLEM: the clock of your server at .* is (299|300|301) s ${where}`));
  expect(words).not.toContain('LIVEKIT_API_KEY');
  expect(code).toBe(1);
});

test('the doctor names the clock where a web server in front of LiveKit hides it', async () => {
  const refusal = { words: 'invalid token: x, error: token has invalid claims: token is not valid yet' };
  const { code, words } = await doctor({ LIVEKIT_URL: await livekit(401, refusal) });
  expect(words).toMatch(/PROBLEM: the clock of your server at/);
  expect(words).not.toContain('LIVEKIT_API_KEY');
  expect(code).toBe(1);
});

test('the doctor names a run file that says nothing any more, and goes on', async () => {
  const { code, words } = await doctor({ LIVEKIT_URL: await livekit(200) }, { 'run.json': '' });
  expect(words).toMatch(/run\.json is damaged/);
  expect(words).toContain('Nothing is wrong');
  expect(code).toBe(0);
});

const missing = 'a package of it is missing';
test.each([
  ['no-binary', missing],
  ['no-package', missing],
  // sharp asks for x86-64-v2 on this architecture only.
  ...(process.arch === 'x64' ? [['old-processor', 'this processor lacks x86-64-v2']] : []),
])(
  'the doctor says that pictures are refused where the picture library does not load (%s), and why',
  async (fault, reason) => {
    const preload = pathToFileURL(join(root, 'tests/support/unloadable-sharp.mjs')).href;
    const { code, words } = await doctor({
      LIVEKIT_URL: await livekit(200),
      NODE_OPTIONS: `--import=${preload}`,
      SHARP_FAULT: fault ?? '',
    });
    expect(words).toContain(`PROBLEM: pictures are refused, everything else works`);
    expect(words).toContain(reason ?? '');
    expect(words).toContain('1 to look at');
    expect(code).toBe(1);
  },
);

test('the doctor tries the address that browsers receive, and names one without a server', async () => {
  const inPublic = {
    PARLEY_URL: 'https://parley.invalid',
    PARLEY_SECRET: '4f0c7a1be95d2386c1d0aa57e3b94f28',
    LIVEKIT_URL: await livekit(200),
  };
  const unreachable = await doctor({ ...inPublic, LIVEKIT_PUBLIC_URL: 'wss://media.invalid' });
  expect(unreachable.words).toMatch(/PROBLEM: nothing answers at LIVEKIT_PUBLIC_URL wss:\/\/media\.invalid/);
  const unset = await doctor(inPublic);
  expect(unset.words).toContain('LIVEKIT_PUBLIC_URL');
  expect([unreachable.code, unset.code]).toEqual([1, 1]);
});

test('the doctor looks into the bucket of PARLEY_FILES, and says why it cannot', async () => {
  const { settings, stop } = await makeBucket();
  const LIVEKIT_URL = await livekit(200);
  const fine = await doctor({ LIVEKIT_URL, ...settings });
  expect(fine.words).toMatch(/fine: PARLEY_FILES is the bucket parley-/);
  const refused = await doctor({ LIVEKIT_URL, ...settings, PARLEY_FILES_SECRET: 'another' });
  expect(refused.words).toMatch(/PROBLEM: .* refuses PARLEY_FILES_KEY and PARLEY_FILES_SECRET/);
  await stop();
  const away = await doctor({ LIVEKIT_URL, ...settings });
  expect(away.words).toMatch(/PROBLEM: no S3 server answers at/);
  expect([fine.code, refused.code, away.code]).toEqual([0, 1, 1]);
});
