import { encode } from 'next-auth/jwt';
import { beforeAll, describe, expect, it } from 'vitest';
import { readKnownBrowser, rememberBrowser } from '@/lib/auth/known-browser';
import { hashPassword } from '@/lib/auth/password';
import { authorize, findKnownPlace } from '@/lib/auth/sign-in';
import { countKnownSignIn, countSignIn, whileFewKnownSignIn, whileFewSignIn } from '@/lib/http/rate-limit';
import { makeId, type UserId } from '@/lib/ids';
import { routes } from '@/lib/routes/registry';
import { ask, inPublic, makeTestApp, ownOrigin, type TestApp } from '../support/make-test-deps';

const signOut = routes['POST /api/me/sign-out'];

const password = 'parley-demo';
let passwordHash: string;
beforeAll(async () => {
  passwordHash = await hashPassword(password);
});

const limited = { code: 'rate_limited' };
/** The cookie of a browser in which these people were signed in before, in this order. */
async function browserOf(app: TestApp, ...userIds: UserId[]): Promise<string> {
  let cookie = '';
  for (const userId of userIds) {
    const line = await rememberBrowser(app.deps.env, new Headers({ cookie }), userId);
    cookie = line.split(';')[0] ?? '';
  }
  return cookie;
}
const from = (cookie: string, address = '203.0.113.1') => new Headers({ 'x-parley-peer': address, cookie });
const tryOnce = (app: TestApp, given: string, headers: Headers) =>
  authorize(app.deps, { username: 'alice', password: given }, headers);

/** Strangers, also at the person's own address, use up the tries of the account and of that address. */
async function attack(app: TestApp, username: string): Promise<void> {
  for (let n = 0; n < 10; n += 1) await countSignIn(app.deps, username, `198.51.100.${n}`);
  for (let n = 0; n < 50; n += 1) await countSignIn(app.deps, `nobody${n}`, '203.0.113.1');
}

describe('a browser where the person was signed in before', () => {
  it('lets them in while strangers guess, and no other browser does', async () => {
    const app = await makeTestApp();
    const alice = await app.makeUser('Alice', { passwordHash });
    await attack(app, 'alice');
    await expect(tryOnce(app, password, from(''))).rejects.toMatchObject(limited);
    expect(await tryOnce(app, password, from(await browserOf(app, alice.userId)))).not.toBeNull();
    await expect(tryOnce(app, password, from('')), 'strangers win nothing by it').rejects.toMatchObject(
      limited,
    );
  });

  it('has ten wrong tries a minute of its own, and no other known browser loses any', async () => {
    const app = await makeTestApp();
    const alice = await app.makeUser('Alice', { passwordHash });
    const [here, there] = [await browserOf(app, alice.userId), await browserOf(app, alice.userId)];
    for (let n = 0; n < 10; n += 1) expect(await tryOnce(app, 'wrong', from(here))).toBeNull();
    await expect(tryOnce(app, password, from(here))).rejects.toMatchObject(limited);
    expect(await tryOnce(app, password, from(there))).not.toBeNull();
    expect(await tryOnce(app, password, from('')), 'a stranger’s tries are counted apart').not.toBeNull();
  });

  it('shares fifty tries a minute with all known browsers of the account', async () => {
    const app = await makeTestApp();
    const alice = await app.makeUser('Alice', { passwordHash });
    for (let n = 0; n < 50; n += 1) {
      await countKnownSignIn(app.deps, { userId: alice.userId, browserId: `browser ${n}` });
    }
    const one = from(await browserOf(app, alice.userId));
    await expect(tryOnce(app, password, one)).rejects.toMatchObject(limited);
  });

  it('finds a place while strangers have all of theirs in hand', async () => {
    const app = await makeTestApp();
    const { promise, resolve } = Promise.withResolvers<void>();
    const held = Array.from({ length: 20 }, () => whileFewSignIn(app.deps, null, () => promise));
    const place = { userId: makeId('user'), browserId: 'hers' };
    expect(await whileFewKnownSignIn(app.deps, place, async () => 'in')).toBe('in');
    await expect(whileFewSignIn(app.deps, null, async () => 'in')).rejects.toMatchObject(limited);
    resolve();
    await Promise.all(held);
  });
});

describe('its cookie', () => {
  const placeOf = (app: TestApp, username: string, cookie: string) =>
    findKnownPlace(app.deps, username, new Headers({ cookie }));

  it('of one’s own account is worth nothing for another', async () => {
    const app = await makeTestApp();
    await app.makeUser('Alice', { passwordHash });
    const mallory = await app.makeUser('Mallory', { passwordHash });
    const cookie = await browserOf(app, mallory.userId);
    expect(await placeOf(app, 'mallory', cookie)).toMatchObject({ userId: mallory.userId });
    expect(await placeOf(app, 'alice', cookie)).toBeNull();
    await attack(app, 'alice');
    await expect(tryOnce(app, password, from(cookie))).rejects.toMatchObject(limited);
  });

  it('is made by the server alone', async () => {
    const app = await makeTestApp();
    const alice = await app.makeUser('Alice');
    const token = { browserId: 'mine', userIds: [alice.userId] };
    const good = await browserOf(app, alice.userId);
    const signIn = (await app.cookieOf(alice)).split('=')[1];
    const secret = app.deps.env.PARLEY_SECRET;
    for (const forged of [
      'parley-known=',
      'parley-known=garbage',
      `parley-known=${signIn}`,
      `parley-known=${await encode({ token, secret, salt: '' })}`,
      `parley-known=${await encode({ token, secret: 'another-secret-of-32-characters!', salt: 'known browser' })}`,
      `parley-known=${await encode({ token, secret, salt: 'known browser', maxAge: -60 })}`,
      `parley-known=${await encode({ token: { userIds: [] }, secret, salt: 'known browser' })}`,
      `${good.slice(0, -4)}AAAA`,
    ]) {
      expect(await placeOf(app, 'alice', forged), forged).toBeNull();
    }
    expect(await placeOf(app, 'alice', good)).not.toBeNull();
  });

  it('signs no user in', async () => {
    const app = await makeTestApp();
    const alice = await app.makeUser('Alice');
    const [, token] = (await browserOf(app, alice.userId)).split('=');
    const request = new Request(ownOrigin, { headers: { cookie: `parley=${token}` } });
    expect(await app.deps.viewerOf(request)).toBeNull();
  });

  it('is there after signing out, and no script can read it', async () => {
    const app = await makeTestApp();
    const alice = await app.makeUser('Alice');
    const answer = await ask(app, signOut, alice, { method: 'POST' });
    const line = answer.headers.getSetCookie().find((one) => one.startsWith('parley-known=')) ?? '';
    expect(line).toMatch(/; Path=\/; Max-Age=31536000; HttpOnly; SameSite=Lax$/);
    expect(await placeOf(app, 'alice', line.split(';')[0] ?? '')).toMatchObject({ userId: alice.userId });
  });

  it('is bound to its host and to https when the address is public', async () => {
    const app = await makeTestApp(inPublic);
    const line = await rememberBrowser(app.deps.env, new Headers(), makeId('user'));
    expect(line).toMatch(/^__Host-parley-known=.*; Secure$/);
  });

  it('keeps one browser’s number, and the last five people', async () => {
    const app = await makeTestApp();
    const people = Array.from({ length: 7 }, () => makeId('user'));
    const read = async (...userIds: UserId[]) =>
      readKnownBrowser(app.deps.env, new Headers({ cookie: await browserOf(app, ...userIds) }));
    expect((await read(...people))?.userIds).toEqual(people.slice(2).reverse());
    const [first, second] = people as [UserId, UserId];
    expect((await read(first, second, first))?.userIds).toEqual([first, second]);
    const cookie = await browserOf(app, first);
    const before = await readKnownBrowser(app.deps.env, new Headers({ cookie }));
    const line = await rememberBrowser(app.deps.env, new Headers({ cookie }), second);
    const after = await readKnownBrowser(app.deps.env, new Headers({ cookie: line.split(';')[0] ?? '' }));
    expect(after?.browserId).toBe(before?.browserId);
  });
});
