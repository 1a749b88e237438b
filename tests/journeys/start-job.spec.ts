import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { isOurLivekit } from '../../scripts/livekit-api.mjs';
import { isAlive } from '../../scripts/processes.mjs';
import { readSecrets } from '../../scripts/secrets.mjs';
import { expect, test } from '../support/journey';
import { type RunningApp, startApp } from '../support/running-app';

/** `npm start` as a process: what it leaves behind when it is stopped, and when it is killed. */
const job = test.extend<{ parley: RunningApp & { firstStartMs: number } }>({
  parley: async ({}, use) => {
    const startedAt = Date.now();
    const parley = await startApp({}, 5);
    await use({ ...parley, firstStartMs: Date.now() - startedAt });
    await parley.stop();
  },
});

job('says where it is, and a second start serves as soon as the first', async ({ parley }) => {
  expect(parley.output()).toContain(`http://localhost:${parley.port}`);
  await parley.stopJob();
  const startedAt = Date.now();
  await parley.startAgain();
  // Both find dependencies and build up to date; the first makes the demo community, too.
  expect(Date.now() - startedAt).toBeLessThan(2 * parley.firstStartMs);
});

job('leaves no process behind when it is stopped', async ({ parley }) => {
  const { app, livekit } = parley.pids();
  await parley.stopJob();
  expect([isAlive(app), isAlive(livekit)]).toEqual([false, false]);
  expect(existsSync(join(parley.dataDir, 'run.json'))).toBe(false);
});

job(
  'has no second server on the same data: a second start says where the first one is',
  async ({ parley }) => {
    const words = new RegExp(`ended with code 0:[\\s\\S]*already runs here: http://localhost:${parley.port}`);
    await expect(parley.startAgain()).rejects.toThrow(words);
  },
);

for (const moment of ['LiveKit', 'App']) {
  job(
    `refuses a port that another program takes when “${moment}” is printed, and leaves no LiveKit behind`,
    async ({ parley }) => {
      await parley.stopJob();
      const other = createServer((_request, response) => response.end('another program'));
      const takePort = (said: string) => {
        if (said.includes(`  ${moment}  `) && !other.listening) other.listen(parley.port, '127.0.0.1');
      };
      try {
        await expect(parley.startAgain(takePort)).rejects.toThrow(/is taken by another program/);
      } finally {
        other.close();
      }
      expect(existsSync(join(parley.dataDir, 'livekit/run.json'))).toBe(false);
    },
  );
}

job('takes over the LiveKit that outlived a killed app', async ({ parley }) => {
  const before = parley.pids();
  process.kill(before.app, 'SIGKILL');
  await expect.poll(() => isAlive(before.job)).toBe(false);
  expect(isAlive(before.livekit)).toBe(true);
  await parley.startAgain();
  expect(parley.pids().livekit).toBe(before.livekit);
});

job('takes over everything that outlived a killed job', async ({ parley }) => {
  const before = parley.pids();
  process.kill(before.job, 'SIGKILL');
  await expect.poll(() => isAlive(before.job)).toBe(false);
  await parley.startAgain();
  expect(isAlive(before.app)).toBe(false);
  expect(parley.pids().livekit).toBe(before.livekit);
});

job('brings LiveKit back within 5 seconds of its death', async ({ parley }) => {
  const { livekitKey: key, livekitSecret: secret } = readSecrets(parley.dataDir);
  const { livekit } = parley.pids();
  process.kill(livekit, 'SIGKILL');
  await expect
    .poll(
      async () =>
        parley.pids().livekit !== livekit && isOurLivekit({ port: parley.livekitPort, key, secret }),
      {
        timeout: 5000,
      },
    )
    .toBe(true);
});
