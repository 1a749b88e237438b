import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../scripts/free-ports.mjs';
import { pinnedNode, root } from '../../scripts/paths.mjs';
import { endProcess } from '../../scripts/processes.mjs';

const inPublic = {
  PARLEY_URL: 'https://talk.example.org',
  PARLEY_SECRET: '4f0c7a1be95d2386c1d0aa57e3b94f28',
  // No server listens there: accounts need no calls.
  LIVEKIT_URL: 'ws://127.0.0.1:9',
  LIVEKIT_PUBLIC_URL: 'wss://media.example.org',
  LIVEKIT_API_KEY: 'parley1a2b3c',
  LIVEKIT_API_SECRET: 'q8Zr3mVx71LsTw0bNc52KdYhPf94Gj6E',
};

/** A start in public on this folder, until it serves or ends. */
async function start(dataDir: string, settings: Record<string, string>) {
  const port = await freePort(5000);
  const { PATH, PARLEY_DIST_DIR } = process.env;
  const child = spawn(pinnedNode, ['scripts/start.mjs'], {
    cwd: root,
    env: {
      NODE_ENV: 'production',
      ...{ PATH, ...(PARLEY_DIST_DIR && { PARLEY_DIST_DIR }) },
      ...settings,
      PORT: String(port),
      HOSTNAME: '127.0.0.1',
      PARLEY_DATA_DIR: dataDir,
    },
  });
  let output = '';
  const stop = async () => {
    if (child.exitCode === null && child.pid !== undefined) await endProcess(child.pid, 15_000);
  };
  onTestFinished(stop);
  await new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
        if (output.includes('Ctrl-C stops it')) resolve();
      });
    }
    child.once('exit', () => resolve());
  });
  const register = (username: string, invite?: string) =>
    fetch(`http://127.0.0.1:${port}/api/users`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
      body: JSON.stringify({ username, password: 'long enough', ...(invite ? { invite } : {}) }),
    }).then((answer) => answer.status);
  const link = /https:\/\/talk\.example\.org\/register\?invite=([\w-]+)/.exec(output)?.[1];
  return { register, link, output: () => output, exitCode: () => child.exitCode, stop };
}

function makeDataDir(): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-public-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  return dataDir;
}

test('in public no account exists until the link in the log makes the operator, once', async () => {
  const dataDir = makeDataDir();
  const first = await start(dataDir, inPublic);
  expect(await first.register('early')).toBe(403);
  await first.stop();
  const second = await start(dataDir, inPublic);
  expect(second.link).not.toBe(first.link);
  expect(await second.register('olga', first.link)).toBe(403);
  expect(await second.register('olga', second.link)).toBe(201);
  expect(await second.register('another', second.link)).toBe(403);
  await second.stop();
  const third = await start(dataDir, inPublic);
  expect(third.link).toBeUndefined();
  expect(third.output()).not.toContain('parley-demo');
  expect(await third.register('late')).toBe(403);
  // These came without a web server that says who asks.
  await expect.poll(() => third.output()).toContain('everyone shares one address');
}, 180_000);

test('a folder with the demo community does not go public: its passwords are known', async () => {
  const dataDir = makeDataDir();
  const demo = await start(dataDir, { ...inPublic, PARLEY_URL: '' });
  expect(demo.output()).toContain('parley-demo');
  await demo.stop();
  const inTheOpen = await start(dataDir, inPublic);
  expect(inTheOpen.exitCode()).not.toBe(0);
  expect(inTheOpen.exitCode()).not.toBeNull();
  expect(inTheOpen.output()).toContain('PARLEY_DATA_DIR');
}, 180_000);
