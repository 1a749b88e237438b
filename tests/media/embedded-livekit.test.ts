import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { freeLivekitPorts } from '../../scripts/free-ports.mjs';
import { isOurLivekit } from '../../scripts/livekit-api.mjs';
import { leftoverLivekit, runLivekit } from '../../scripts/livekit-server.mjs';
import { isAlive } from '../../scripts/processes.mjs';

/** The real server, as `npm start` runs it; scripts/test.mjs names the program. */
const binary = process.env.LIVEKIT_SERVER_BIN ?? 'livekit-server';
const key = 'parleytest';
const secret = 'a-secret-of-more-than-32-characters';

let dataDir: string;
let port: number;
let running: Awaited<ReturnType<typeof runLivekit>>[] = [];

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'parley-livekit-'));
  port = await freeLivekitPorts(8500);
});
afterEach(async () => {
  for (const livekit of running) await livekit.stop();
  running = [];
  rmSync(dataDir, { recursive: true, force: true });
});

async function run(options: { secret?: string; webhookUrl?: string } = {}) {
  const livekit = await runLivekit({
    binary,
    dataDir,
    port,
    key,
    secret,
    webhookUrl: 'http://127.0.0.1:9/',
    ...options,
  });
  running.push(livekit);
  return livekit;
}

const pid = (): number => JSON.parse(readFileSync(join(dataDir, 'livekit', 'run.json'), 'utf8')).pid;

describe('the embedded LiveKit server', () => {
  test('accepts our key only, and has ended after a stop', async () => {
    const livekit = await run();
    expect(await isOurLivekit({ port, key, secret })).toBe(true);
    expect(await isOurLivekit({ port, key, secret: secret.toUpperCase() })).toBe(false);
    const was = pid();
    await livekit.stop();
    expect(isAlive(was)).toBe(false);
    expect(leftoverLivekit(dataDir)).toBeUndefined();
  });

  test('is back within 5 seconds after it was killed', async () => {
    await run();
    const was = pid();
    process.kill(was, 'SIGKILL');
    await vi.waitFor(
      async () => {
        expect(pid()).not.toBe(was);
        expect(await isOurLivekit({ port, key, secret })).toBe(true);
      },
      { timeout: 60_000, interval: 50 },
    );
  });

  test('that outlived its app is taken over as it is', async () => {
    const first = await run();
    const was = pid();
    first.release();
    const second = await run();
    expect(second.wasAdopted).toBe(true);
    expect(pid()).toBe(was);
  });

  test('that outlived its app with other settings is replaced', async () => {
    const first = await run();
    const was = pid();
    first.release();
    const second = await run({ webhookUrl: 'http://127.0.0.1:10/' });
    expect(second.wasAdopted).toBe(false);
    expect(isAlive(was)).toBe(false);
    expect(await isOurLivekit({ port, key, secret })).toBe(true);
  });

  test('that does not come up ends the start with its last words', async () => {
    await run();
    const other = mkdtempSync(join(tmpdir(), 'parley-livekit-'));
    const start = runLivekit({
      binary,
      dataDir: other,
      port,
      key,
      secret: `${secret}-other`,
      webhookUrl: 'http://127.0.0.1:9/',
    });
    await expect(start).rejects.toThrow(/did not start[\s\S]*livekit\.log/);
    rmSync(other, { recursive: true, force: true });
  });
});
