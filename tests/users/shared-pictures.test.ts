import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import sharp from 'sharp';
import { expect, it, onTestFinished, vi } from 'vitest';
import { users } from '@/db/schema';
import { assembleDeps } from '@/lib/composition-root';
import { setDeps } from '@/lib/deps';
import { changePicture, readPicture } from '@/lib/users/picture';
import { readUser } from '@/lib/users/read-users';
import { removeStrayPictures, startStrayLooks } from '@/lib/users/stray-pictures';
import { askRoute } from '../support/ask-route';
import { makeBucket } from '../support/bucket';
import { makeTestApp, type TestApp } from '../support/make-test-deps';
import { waitFor } from '../support/wait-for';

const picture = () =>
  sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
    .png()
    .toBuffer();

/** A second server of the same community, with a data folder of its own. */
function anotherServer({ deps }: TestApp) {
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-other-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const { db, transaction, commits, ping, close, log, clock, media, readWebhook } = deps;
  const store = { db, transaction, commits, ping, close };
  const other = assembleDeps({
    store,
    log,
    clock,
    media,
    readWebhook,
    env: { ...deps.env, PARLEY_DATA_DIR: dataDir },
  });
  onTestFinished(() => other.closeRealtime());
  return other;
}

async function twoServers() {
  const bucket = await makeBucket();
  const app = await makeTestApp(bucket.settings);
  const alice = await app.makeUser('Alice');
  const nameNow = async () => {
    const [row] = await app.deps.db
      .select({ name: users.pictureName })
      .from(users)
      .where(eq(users.id, alice.userId));
    return row?.name ?? '';
  };
  return { bucket, app, other: anotherServer(app), alice, nameNow };
}

it('a picture that one server received is shown by the other, through the route with its checks', async () => {
  const { app, other, alice } = await twoServers();
  const bob = await app.makeUser('Bob');
  await changePicture(app.deps, alice.userId, await picture());
  const url = (await readUser(other, bob.userId, alice.userId))?.avatarUrl ?? '';
  const params = { userId: alice.userId, name: url.split('/').at(-1) ?? '' };
  setDeps(other);
  const route = 'GET /api/users/[userId]/avatar/[name]';
  const shown = await askRoute(app, route, bob, { params });
  expect(shown.status).toBe(200);
  expect(await sharp(await shown.arrayBuffer()).metadata()).toMatchObject({ format: 'webp', width: 256 });
  expect((await askRoute(app, route, null, { params })).status).toBe(401);
  await changePicture(other, alice.userId, await picture());
  expect((await askRoute(app, route, bob, { params })).status).toBe(404);
  expect(await app.deps.files.list('pictures')).toHaveLength(1);
});

it('an upload that another server has not committed yet is not deleted as a stray', async () => {
  const { app, other, alice, nameNow } = await twoServers();
  let seen: ReadonlySet<string> = new Set();
  const during = {
    ...app.deps,
    transaction: async (work: Parameters<typeof app.deps.transaction>[0]) => {
      // The file is there and no row names it: the moment at which a look could take it for a stray.
      seen = await removeStrayPictures(other, seen);
      expect(seen.size).toBe(1);
      return app.deps.transaction(work);
    },
  } as typeof app.deps;
  await app.makeUser('Bob', { pictureName: 'shown.webp' });
  await changePicture(during, alice.userId, await picture());
  expect(await removeStrayPictures(other, seen)).toEqual(new Set());
  await expect(readPicture(other, alice.userId, await nameNow())).resolves.toBeInstanceOf(Uint8Array);
});

it('a stray picture is deleted by the second look that finds it, and none by a server that knows of no picture', async () => {
  const { app, other, alice } = await twoServers();
  const stray = `${'0'.repeat(32)}.webp`;
  await other.files.put(`pictures/${stray}`, Buffer.from('of no user'));
  expect(await removeStrayPictures(other, new Set([stray]))).toEqual(new Set());
  expect(await other.files.list('pictures'), 'the database may be the wrong one').toHaveLength(1);
  await changePicture(app.deps, alice.userId, await picture());
  const seen = await removeStrayPictures(other, new Set());
  expect([seen, await other.files.list('pictures')]).toEqual([
    new Set([stray]),
    expect.objectContaining({ length: 2 }),
  ]);
  expect(await removeStrayPictures(other, seen)).toEqual(new Set());
  expect(await other.files.list('pictures')).toHaveLength(1);
});

it('the server with the lease looks every hour, and deletes with its second look at the earliest', async () => {
  const { app, other, alice } = await twoServers();
  await changePicture(app.deps, alice.userId, await picture());
  const stray = `pictures/${'0'.repeat(32)}.webp`;
  await other.files.put(stray, Buffer.from('of no user'));
  let looks = 0;
  const removed: { name: string; look: number }[] = [];
  const files = {
    ...other.files,
    list(folder: string) {
      looks += 1;
      return other.files.list(folder);
    },
    async remove(name: string) {
      removed.push({ name, look: looks });
    },
  };
  let isHeld = false;
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const stop = startStrayLooks({ ...other, files, lease: { ...other.lease, isHeld: () => isHeld } });
  onTestFinished(stop);
  const anHour = () => vi.advanceTimersByTime(3600 * 1000);
  anHour();
  expect(looks).toBe(0);
  isHeld = true;
  const isRemoved = async () => {
    anHour();
    return removed.length > 0;
  };
  await waitFor('the stray picture is deleted', isRemoved, 60_000);
  expect(removed[0]?.name).toBe(stray);
  expect(removed[0]?.look).toBeGreaterThan(1);
});

it('while the bucket is away uploads and pictures are refused with 503 and words, health says so, and the rest goes on', async () => {
  const { app, alice, bucket, nameNow } = await twoServers();
  if (process.env.TEST_S3_URL) return;
  const health = async () => (await askRoute(app, 'GET /api/health', null)).json();
  await changePicture(app.deps, alice.userId, await picture());
  expect(await health()).toMatchObject({ files: true });
  await bucket.stop();
  const params = { userId: alice.userId, name: await nameNow() };
  const shown = await askRoute(app, 'GET /api/users/[userId]/avatar/[name]', alice, { params });
  const sent = await askRoute(app, 'PUT /api/me/avatar', alice, { body: await picture() });
  for (const answer of [shown, sent]) {
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({
      code: 'busy',
      detail: expect.stringContaining('Pictures can’t be'),
    });
  }
  expect(await nameNow()).toBe(params.name);
  expect(await health()).toMatchObject({ database: true, livekit: true, files: false });
  const renamed = await askRoute(app, 'PATCH /api/me', alice, { body: { displayName: 'Ada' } });
  expect(renamed.status).toBe(200);
});
