import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../scripts/free-ports.mjs';

export type RedisProcess = {
  url: string;
  port: number;
  /** SIGKILL: what it keeps is what has reached its file, if it writes one. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Stands still with its connections open. */
  freeze(): void;
  thaw(): void;
  /** Ends it for good and removes what it wrote. */
  close(): Promise<void>;
};

/**
 * Runs a Redis server on loopback.
 * @param isLasting it writes down what it holds, and has that again after a kill
 */
export async function startRedisProcess(binary: string, { isLasting = false } = {}): Promise<RedisProcess> {
  const dir = mkdtempSync(join(tmpdir(), 'parley-redis-'));
  const port = await freePort(16_379);
  const settings = {
    port,
    bind: '127.0.0.1',
    dir,
    save: '',
    appendonly: isLasting ? 'yes' : 'no',
  };
  const options = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  let child: ChildProcess | null = null;
  const killWithUs = () => child?.kill('SIGKILL');
  process.on('exit', killWithUs);

  async function kill() {
    const ending = child;
    child = null;
    if (!ending || ending.exitCode !== null) return;
    const ended = new Promise((resolve) => ending.once('exit', resolve));
    ending.kill('SIGKILL');
    await ended;
  }

  async function start() {
    const made = spawn(binary, options, { stdio: ['ignore', 'pipe', 'ignore'] });
    child = made;
    await new Promise<void>((resolve, reject) => {
      made.once('exit', (code) => reject(new Error(`redis-server ended with code ${code}`)));
      made.stdout.on('data', (chunk) => String(chunk).includes('Ready to accept') && resolve());
    });
  }

  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    kill,
    start,
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    async close() {
      await kill();
      process.off('exit', killWithUs);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
