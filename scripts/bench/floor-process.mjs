import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../free-ports.mjs';
import { readSecrets } from '../secrets.mjs';
import { ask } from './people.mjs';

/**
 * Runs a floor as a process of its own, as Parley is: with a port, a database file and the app's LiveKit.
 * @param {string} script to run, with Node's arguments before it
 * @param {{ dataDir: string, livekitPort: number }} app whose LiveKit it shares
 * @param {{ args?: string[], cwd?: string, portOption?: string }} [how]
 * @returns {Promise<{ url: string, pid: number, stop: () => Promise<void> }>}
 */
export async function startFloor(script, app, { args = [], cwd, portOption } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'parley-floor-'));
  const port = await freePort(5700);
  const { livekitKey, livekitSecret } = readSecrets(app.dataDir);
  const child = spawn(
    process.execPath,
    [script, ...args, ...(portOption ? [portOption, String(port)] : [])],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      ...(cwd && { cwd }),
      env: {
        ...process.env,
        NODE_ENV: 'production',
        PORT: String(port),
        FLOOR_FILE: join(folder, 'floor.db'),
        FLOOR_LIVEKIT: `http://127.0.0.1:${app.livekitPort}`,
        FLOOR_KEY: livekitKey,
        FLOOR_SECRET: livekitSecret,
      },
    },
  );
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    const ended = child.exitCode === null && once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const until = performance.now() + 30_000;
  while (!(await ask(`${url}/ready`, 'GET').catch(() => undefined))) {
    if (performance.now() < until && child.exitCode === null) continue;
    await stop();
    throw new Error(`the floor ${script} does not serve`);
  }
  return { url, pid: child.pid ?? 0, stop };
}
