import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { freePort } from '@/scripts/free-ports.mjs';
import { findRedis } from '@/scripts/redis-server.mjs';

/** Undefined where this machine has no Redis; then tests that need it are skipped, with this sentence. */
export const redisBinary = findRedis(process.env);
export const withoutRedis = 'there is no redis-server on this machine (REDIS_SERVER_BIN)';

/** A Redis server of this test's own, on loopback, which keeps nothing. */
export async function startRedis() {
  const dir = mkdtempSync(join(tmpdir(), 'parley-redis-'));
  const port = await freePort(16_379);
  let child: ChildProcess | null = null;
  const end = async (signal: NodeJS.Signals) => {
    const ending = child;
    child = null;
    if (!ending || ending.exitCode !== null) return;
    const ended = new Promise((resolve) => ending.once('exit', resolve));
    ending.kill(signal);
    await ended;
  };
  const start = async () => {
    const options = [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      '--dir',
      dir,
    ];
    const made = spawn(redisBinary ?? '', options, { stdio: ['ignore', 'pipe', 'ignore'] });
    child = made;
    await new Promise<void>((resolve, reject) => {
      made.once('exit', (code) => reject(new Error(`redis-server ended with code ${code}`)));
      made.stdout.on('data', (chunk) => String(chunk).includes('Ready to accept') && resolve());
    });
  };
  await start();
  onTestFinished(async () => {
    await end('SIGKILL');
    rmSync(dir, { recursive: true, force: true });
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    kill: () => end('SIGKILL'),
    start,
    /** Stands still with its connections open. */
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
  };
}
