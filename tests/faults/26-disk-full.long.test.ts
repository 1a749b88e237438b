import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { requireAppPort, requireLivekitPorts } from '../../scripts/ports.mjs';
import { isAlive } from '../../scripts/processes.mjs';
import { type ApiPerson, codeOf, entered, makePeople, viewIn } from '../support/api-people';
import { faultCase } from '../support/fault-case';
import { killApp, ownApp } from '../support/own-app';
import type { RunningApp } from '../support/running-app';
import { waitFor } from '../support/wait-for';

const fault = faultCase(26);

/** A disk of its own that can really be full; mounting needs the rights of root. */
function smallDisk(megabytes: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  onTestFinished(() => {
    execFileSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

function fill(folder: string): string {
  const file = join(folder, 'filler');
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(file, Buffer.alloc(bavail * bsize));
  return file;
}

/** A Parley whose data folder is on this disk. */
async function ownAppOn(disk: string): Promise<RunningApp> {
  const usual = process.env.TMPDIR;
  process.env.TMPDIR = disk;
  const app = await ownApp().finally(() => {
    if (usual === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = usual;
  });
  expect(app.dataDir.startsWith(disk)).toBe(true);
  return app;
}

it('on a full disk writes fail with 503, reads and the live call go on, and Parley recovers by itself', async () => {
  const disk = smallDisk(24);
  const app = await ownAppOn(disk);
  const [alice, bob, carol] = (await makePeople(app, ['Alice', 'Bob', 'Carol'])) as [
    ApiPerson,
    ApiPerson,
    ApiPerson,
  ];
  const opened = await alice.ask('POST', '/api/conversations', { userIds: [carol.userId] });
  const path = `/api/conversations/${(opened.body as { id: string }).id}/messages`;
  const { call } = await alice.call(bob);
  entered(await bob.accept(call.id));
  const stream = await bob.listen();

  const filler = fill(disk);
  fault.did(`the disk of ${app.dataDir} is full`);
  const text = 'x'.repeat(4000);
  await waitFor(
    'the first write that no longer fits',
    async () => {
      const answer = await alice.ask('POST', path, { text });
      if (answer.status === 201) return false;
      expect(answer.status).toBe(503);
      expect(codeOf(answer)).toBe('busy');
      return true;
    },
    20_000,
  );
  const before = ((await alice.ask('GET', `${path}?limit=100`)).body as { messages: unknown[] }).messages
    .length;
  for (let n = 0; n < 5; n += 1) {
    const answer = await alice.ask('POST', path, { text });
    expect(answer.status).toBe(503);
    fault.within('a write was refused', 6000, answer.ms);
  }
  expect(viewIn(await bob.ask('GET', `/api/calls/${call.id}`)).status).toBe('active');
  expect((await alice.ask('GET', '/api/conversations')).status).toBe(200);
  expect(stream.isOver).toBe(false);
  const after = ((await alice.ask('GET', `${path}?limit=100`)).body as { messages: unknown[] }).messages
    .length;
  expect(after, 'nothing of a refused write is there').toBe(before);

  fault.did('the operator makes room on the disk');
  rmSync(filler);
  const freedAt = performance.now();
  await waitFor(
    'a write',
    async () => (await alice.ask('POST', path, { text: 'again' })).status === 201,
    10_000,
  );
  fault.within('writes again after there was room', 5000, performance.now() - freedAt);
  await bob.leave(call.id);
  expect(viewIn(await alice.ask('GET', `/api/calls/${call.id}`)).status).toBe('ended');
  for (const one of [alice, bob, carol]) one.close();
});

it('a start on a full disk says so and leaves no process behind; with room again the next start succeeds', async () => {
  const disk = smallDisk(24);
  const app = await ownAppOn(disk);
  const { livekit } = app.pids();

  await killApp(app);
  // What a crash leaves between a change in the database and its file, and what would fill the disk for ever.
  const stray = join(app.dataDir, 'pictures', `${'0'.repeat(32)}.webp`);
  mkdirSync(dirname(stray), { recursive: true });
  writeFileSync(stray, 'a picture of no user');
  let filler = fill(disk);
  fault.did('the disk is full, LiveKit runs with its calls, and only the app has to start');
  await expect(app.startAgain()).rejects.toThrow('The disk is full');
  await requireAppPort(app.port, '127.0.0.1');
  rmSync(filler);
  await app.startAgain();
  expect(app.pids().livekit, 'the same LiveKit, with the calls in it').toBe(livekit);
  expect(existsSync(stray)).toBe(false);

  await app.stopJob();
  expect(isAlive(livekit)).toBe(false);
  filler = fill(disk);
  fault.did('the disk is full and LiveKit has to start, too');
  await expect(app.startAgain()).rejects.toThrow('The disk is full');
  await requireAppPort(app.port, '127.0.0.1');
  await requireLivekitPorts(app.livekitPort);
  rmSync(filler);
  await app.startAgain();
});
