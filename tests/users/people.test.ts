import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hueAt, userViewSchema } from '@parley/call-protocol';
import { eq } from 'drizzle-orm';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { community, users as usersTable } from '@/db/schema';
import { makeId } from '@/lib/ids';
import { routes } from '@/lib/routes/registry';
import { changePicture } from '@/lib/users/picture';
import { personColumns, personOf, readUser } from '@/lib/users/read-users';
import { removeStrayPictures } from '@/lib/users/stray-pictures';
import { ask, makeTestApp, type TestApp } from '../support/make-test-deps';

const putAvatar = routes['PUT /api/me/avatar'];
const getBlocks = routes['GET /api/me/blocks'];
const getMe = routes['GET /api/me'];
const patchMe = routes['PATCH /api/me'];
const getAvatar = routes['GET /api/users/[userId]/avatar/[name]'];
const block = routes['PUT /api/users/[userId]/block'];
const unblock = routes['DELETE /api/users/[userId]/block'];
const getUser = routes['GET /api/users/[userId]'];
const getUsers = routes['GET /api/users'];
const register = routes['POST /api/users'];

const open = (app: TestApp) =>
  app.deps.transaction(async (tx) => {
    await tx.update(community).set({ registration: 'open' });
  });
const account = { username: 'Nina', password: 'long enough' };

describe('registering', () => {
  it('where it is open, gives an account that people it does not know cannot call', async () => {
    const app = await makeTestApp();
    await open(app);
    const alice = await app.makeUser('Alice');
    const channel = await app.makeConversation('channel', [alice]);
    await app.say(alice, channel);
    const answer = await ask(app, register, null, { body: account });
    expect(answer.status).toBe(201);
    const made = userViewSchema.parse(await answer.json());
    expect(made).toMatchObject({ username: 'nina', displayName: 'nina' });
    const nina = { userId: made.id as typeof alice.userId, signInId: alice.signInId, isOperator: false };
    const snapshot = await app.deps.readers.snapshot(nina);
    expect(snapshot.me).toMatchObject({
      messagePermission: 'known',
      callPermission: 'known',
      isOperator: false,
    });
    expect(snapshot.conversations).toMatchObject([{ id: channel, unreadCount: 0, memberIds: null }]);
  });

  it('needs an invitation in a community by invitation', async () => {
    const app = await makeTestApp();
    await app.makeUser('Alice');
    expect((await ask(app, register, null, { body: account })).status).toBe(403);
    expect(await app.deps.db.$count(usersTable)).toBe(1);
  });

  it('in an empty community waits for the set-up link, even where it is open', async () => {
    const app = await makeTestApp();
    await open(app);
    expect((await ask(app, register, null, { body: account })).status).toBe(403);
    expect(await app.deps.db.$count(usersTable)).toBe(0);
  });

  it('at the same moment gives each person the next colour', async () => {
    const app = await makeTestApp();
    await open(app);
    await app.makeUser('Alice');
    const made = await Promise.all(
      [1, 2, 3, 4, 5].map((n) => ask(app, register, null, { body: { ...account, username: `nina${n}` } })),
    );
    expect(made.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    const rows = await app.deps.db.select(personColumns).from(usersTable).orderBy(usersTable.joinNumber);
    expect(rows.map(({ joinNumber }) => joinNumber)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(rows.map((row) => personOf(row).hue)).toEqual([1, 2, 3, 4, 5, 6].map(hueAt));
  });

  it('refuses a taken name in any spelling, and a short password', async () => {
    const app = await makeTestApp();
    await open(app);
    await app.makeUser('Nina');
    expect((await ask(app, register, null, { body: { ...account, username: 'NINA' } })).status).toBe(409);
    const short = { username: 'other', password: 'short' };
    expect((await ask(app, register, null, { body: short })).status).toBe(400);
  });
});

describe('seeing people', () => {
  it('presence shows do not disturb and being in a call only while they are true', async () => {
    const app = await makeTestApp();
    const alice = await app.makeUser('Alice');
    const bob = await app.makeUser('Bob', { doNotDisturb: true });
    const seen = async () => (await readUser(app.deps, alice.userId, bob.userId))?.presence;
    expect(await seen()).toBe('offline');
    app.online.add(bob.userId);
    expect(await seen()).toBe('do_not_disturb');
    await ask(app, patchMe, bob, { method: 'PATCH', body: { doNotDisturb: false } });
    expect(await seen()).toBe('online');
  });

  it('nothing secret is in a view of a person', async () => {
    const app = await makeTestApp();
    const alice = await app.makeUser('Alice');
    const { users } = await (await ask(app, getUsers, alice)).json();
    expect(Object.keys(users[0]).sort()).toEqual(
      [
        'about',
        'avatarUrl',
        'displayName',
        'hue',
        'id',
        'isBlocked',
        'presence',
        'revision',
        'username',
      ].sort(),
    );
  });

  it('an unknown person is not found', async () => {
    const app = await makeTestApp();
    const alice = await app.makeUser('Alice');
    expect((await ask(app, getUser, alice, { params: { userId: makeId('user') } })).status).toBe(404);
  });
});

describe('changing settings', () => {
  it('calling is never wider than messaging', async () => {
    const app = await makeTestApp();
    const alice = await app.makeUser('Alice');
    const set = async (body: object) => (await ask(app, patchMe, alice, { method: 'PATCH', body })).json();
    expect(await set({ messagePermission: 'known' })).toMatchObject({ callPermission: 'known' });
    expect(await set({ callPermission: 'everyone' })).toMatchObject({ callPermission: 'known' });
    expect(await set({ callPermission: 'nobody' })).toMatchObject({
      messagePermission: 'known',
      callPermission: 'nobody',
    });
  });

  it('a new name reaches everyone, with a revision that wins', async () => {
    const app = await makeTestApp();
    const alice = await app.makeUser('Alice');
    const before = await readUser(app.deps, alice.userId, alice.userId);
    await ask(app, patchMe, alice, { method: 'PATCH', body: { displayName: '  Älis  ' } });
    const after = await readUser(app.deps, alice.userId, alice.userId);
    expect(after?.displayName).toBe('Älis');
    expect(after?.revision).toBeGreaterThan(before?.revision ?? 0);
    expect(app.wakes).toContainEqual({ who: 'everyone', what: { users: [alice.userId] } });
  });

  it('me is the viewer alone', async () => {
    const app = await makeTestApp();
    const alice = await app.makeUser('Alice');
    expect(await (await ask(app, getMe, alice)).json()).toMatchObject({
      id: alice.userId,
      username: 'alice',
    });
  });
});

describe('blocking', () => {
  it('shows to the blocker alone, can be taken back, and twice is once', async () => {
    const app = await makeTestApp();
    const alice = await app.makeUser('Alice');
    const bob = await app.makeUser('Bob');
    const params = { userId: bob.userId };
    expect((await ask(app, block, alice, { method: 'PUT', params })).status).toBe(204);
    expect((await ask(app, block, alice, { method: 'PUT', params })).status).toBe(204);
    expect(await (await ask(app, getBlocks, alice)).json()).toMatchObject({ users: [{ id: bob.userId }] });
    expect((await readUser(app.deps, alice.userId, bob.userId))?.isBlocked).toBe(true);
    expect((await readUser(app.deps, bob.userId, alice.userId))?.isBlocked).toBe(false);
    expect((await ask(app, unblock, alice, { method: 'DELETE', params })).status).toBe(204);
    expect((await readUser(app.deps, alice.userId, bob.userId))?.isBlocked).toBe(false);
  });
});

describe('pictures', () => {
  const upload = (app: TestApp, viewer: Parameters<typeof ask>[2], body: Uint8Array | string) =>
    ask(app, putAvatar, viewer, { method: 'PUT', body, headers: { 'content-type': 'image/png' } });

  it('are cut to a square of 256 pixels and served as webp under an address of their own', async () => {
    const app = await makeTestApp();
    const alice = await app.makeUser('Alice');
    const png = await sharp({ create: { width: 400, height: 200, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    expect((await upload(app, alice, png)).status).toBe(204);
    const first = (await readUser(app.deps, alice.userId, alice.userId))?.avatarUrl ?? '';
    const name = first.split('/').at(-1) ?? '';
    const params = { userId: alice.userId, name };
    const answer = await ask(app, getAvatar, alice, { params });
    expect(answer.headers.get('content-type')).toBe('image/webp');
    expect(answer.headers.get('cache-control')).toContain('immutable');
    expect(await sharp(await answer.arrayBuffer()).metadata()).toMatchObject({
      format: 'webp',
      width: 256,
      height: 256,
    });
    await upload(app, alice, png);
    expect((await readUser(app.deps, alice.userId, alice.userId))?.avatarUrl).not.toBe(first);
    expect((await ask(app, getAvatar, alice, { params })).status).toBe(404);
    expect((await ask(app, getAvatar, null, { params })).status).toBe(401);
  });

  it('what is no picture is refused, and so is a way out of the folder', async () => {
    const app = await makeTestApp();
    const alice = await app.makeUser('Alice');
    expect((await upload(app, alice, '<script>alert(1)</script>')).status).toBe(400);
    const params = { userId: alice.userId, name: '../parley.db' };
    expect((await ask(app, getAvatar, alice, { params })).status).toBe(404);
  });

  it('are deleted when no user has them: after a replacement, a failed change and a crash', async () => {
    const app = await makeTestApp();
    const alice = await app.makeUser('Alice');
    const png = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const folder = join(app.deps.env.PARLEY_DATA_DIR, 'pictures');
    await upload(app, alice, png);
    const [first = ''] = readdirSync(folder);
    await upload(app, alice, png);
    const [second = '', ...more] = readdirSync(folder);
    expect([second === first, more]).toEqual([false, []]);

    const full = { ...app.deps, transaction: () => Promise.reject(new Error('the disk is full')) };
    await expect(changePicture(full, alice.userId, png)).rejects.toThrow('full');
    expect(readdirSync(folder)).toEqual([second]);

    await app.deps.transaction(async (tx) => {
      await tx.update(usersTable).set({ removedAt: 1 }).where(eq(usersTable.id, alice.userId));
    });
    await expect(changePicture(app.deps, alice.userId, png)).rejects.toMatchObject({
      code: 'unauthenticated',
    });
    expect(readdirSync(folder)).toEqual([second]);

    // A crash between the change in the database and its file; and a file that was put there by hand.
    writeFileSync(join(folder, first), '');
    writeFileSync(join(folder, 'README'), '');
    await removeStrayPictures(app.deps, 'all');
    expect(readdirSync(folder).sort()).toEqual([second, 'README'].sort());
  });

  it('of before a folder for them was there are nothing to look through', async () => {
    await removeStrayPictures((await makeTestApp()).deps, 'all');
  });

  it('more than 5 MB is refused', async () => {
    const app = await makeTestApp();
    const alice = await app.makeUser('Alice');
    expect((await upload(app, alice, new Uint8Array(5 * 1024 * 1024 + 1))).status).toBe(413);
  });
});
