import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../scripts/free-ports.mjs';
import { pinnedNode, root } from '../../scripts/paths.mjs';

/** Settings that are fine in public; each case spoils one of them. */
const fine = {
  PARLEY_URL: 'https://talk.example.org',
  PARLEY_SECRET: '4f0c7a1be95d2386c1d0aa57e3b94f28',
  LIVEKIT_URL: 'ws://127.0.0.1:9',
  LIVEKIT_PUBLIC_URL: 'wss://media.example.org',
  LIVEKIT_API_KEY: 'parley1a2b3c',
  LIVEKIT_API_SECRET: 'q8Zr3mVx71LsTw0bNc52KdYhPf94Gj6E',
};

const cases: [what: string, named: string, settings: Record<string, string | undefined>][] = [
  ['the key that every LiveKit has in development', 'LIVEKIT_API_SECRET', { LIVEKIT_API_KEY: 'devkey' }],
  [
    'a LiveKit secret as in examples',
    'LIVEKIT_API_SECRET',
    { LIVEKIT_API_SECRET: 'secret-secret-secret-secret-secret' },
  ],
  ['a short LiveKit secret', 'LIVEKIT_API_SECRET', { LIVEKIT_API_SECRET: 'q8Zr3mVx' }],
  ['a short secret', 'PARLEY_SECRET', { PARLEY_SECRET: '4f0c7a1b' }],
  ['a secret of one letter', 'PARLEY_SECRET', { PARLEY_SECRET: 'a'.repeat(40) }],
  ['no secret, so that none is made up silently', 'PARLEY_SECRET', { PARLEY_SECRET: undefined }],
  ['an http origin', 'PARLEY_URL', { PARLEY_URL: 'http://talk.example.org' }],
  ['no LiveKit of one’s own', 'LIVEKIT_URL', { LIVEKIT_URL: undefined }],
  ['no LiveKit address for browsers', 'LIVEKIT_PUBLIC_URL', { LIVEKIT_PUBLIC_URL: undefined }],
  ['a LiveKit address without TLS', 'LIVEKIT_PUBLIC_URL', { LIVEKIT_PUBLIC_URL: 'ws://media.example.org' }],
];

/** Runs a command until it ends, and tries to connect all the while. */
async function runUntilItEnds(command: string[], settings: Record<string, string | undefined>) {
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-unsafe-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const port = await freePort(4900);
  const { PATH, PARLEY_DIST_DIR } = process.env;
  const child = spawn(pinnedNode, command, {
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
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const ended = new Promise<number>((resolve) => child.on('exit', (code) => resolve(code ?? -1)));
  const seen = await watch(port, child);
  return { code: await ended, output, ...seen };
}

/** Whether anything listened, and whether anything was answered, before the process ended. */
async function watch(port: number, child: ChildProcess) {
  const seen = { wasListening: false, wasAnswered: false };
  while (child.exitCode === null && child.signalCode === null) {
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        seen.wasListening = true;
        socket.write('GET /login HTTP/1.1\r\nhost: localhost\r\n\r\n');
      });
      socket.on('data', () => {
        seen.wasAnswered = true;
        socket.destroy();
      });
      socket.on('error', () => undefined);
      socket.on('close', () => setTimeout(resolve, 2));
    });
  }
  return seen;
}

test.each(cases)(
  '39: a start in public with %s ends with an error that names %s, before listening',
  async (_, named, spoiled) => {
    const { code, output, wasListening } = await runUntilItEnds(['scripts/start.mjs'], {
      ...fine,
      ...spoiled,
    });
    expect(code).not.toBe(0);
    expect(output).toContain(named);
    expect(output).not.toContain(fine.PARLEY_SECRET);
    expect(wasListening).toBe(false);
  },
  120_000,
);

test.each(cases)(
  '39: the server itself, started without the script, with %s also exits, names %s and answers no request',
  async (_, named, spoiled) => {
    const { code, output, wasAnswered } = await runUntilItEnds(['scripts/serve.mjs'], {
      ...fine,
      ...spoiled,
    });
    expect(code).not.toBe(0);
    expect(output).toContain(named);
    expect(wasAnswered).toBe(false);
  },
  120_000,
);
