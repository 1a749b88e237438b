import { eq } from 'drizzle-orm';
import { encode } from 'next-auth/jwt';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { signIns, users } from '@/db/schema';
import { hashPassword, unusableHash, verifyPassword } from '@/lib/auth/password';
import { sessionCookie } from '@/lib/auth/session-cookie';
import { authorize } from '@/lib/auth/sign-in';
import { AppError } from '@/lib/errors';
import { countMutation, countRegistration, countSignIn, whileFewSignIn } from '@/lib/http/rate-limit';
import { makeId } from '@/lib/ids';
import { routes } from '@/lib/routes/registry';
import type { Viewer } from '@/lib/viewer';
import { ask, makeTestApp, ownOrigin, type TestApp } from '../support/make-test-deps';

const putPassword = routes['PUT /api/me/password'];
const getMe = routes['GET /api/me'];
const signOut = routes['POST /api/me/sign-out'];

let passwordHash: string;
beforeAll(async () => {
  passwordHash = await hashPassword('parley-demo');
});

const from = (address = '203.0.113.1') => new Headers({ 'x-parley-peer': address });
const withCookie = (cookie: string) => new Request(ownOrigin, { headers: { cookie } });

describe('passwords', () => {
  it('the right one fits, another does not, and no account fits nothing', async () => {
    expect(await verifyPassword('parley-demo', passwordHash)).toBe(true);
    expect(await verifyPassword('parley-dem', passwordHash)).toBe(false);
    expect(await verifyPassword('parley-demo', null)).toBe(false);
  });

  it('hashes of the same password differ, and each contains its cost', async () => {
    expect(await hashPassword('parley-demo')).not.toBe(passwordHash);
    expect(passwordHash).toMatch(/^argon2id\$m=19456,t=2,p=1\$/);
  });

  it('many at once all come out right', async () => {
    const given = ['parley-demo', 'no', 'parley-demo', 'no', 'parley-demo', 'no'];
    const found = await Promise.all(given.map((password) => verifyPassword(password, passwordHash)));
    expect(found).toEqual([true, false, true, false, true, false]);
  });
});

describe('many passwords at once', () => {
  it('wait in a short line; who comes when it is full is sent away at once, known or not', async () => {
    const guesses = Array.from({ length: 60 }, (_, n) =>
      verifyPassword('a guess', n % 2 === 0 ? passwordHash : null).then(
        () => ({ known: n % 2 === 0, code: 'answered' }),
        (error) => ({ known: n % 2 === 0, code: error instanceof AppError ? error.code : String(error) }),
      ),
    );
    const found = await Promise.all(guesses);
    const away = found.filter((one) => one.code === 'rate_limited');
    expect(found.filter((one) => one.code === 'answered')).toHaveLength(25);
    expect(away).toHaveLength(35);
    expect(new Set(away.map((one) => one.known))).toEqual(new Set([true, false]));
    expect(await verifyPassword('parley-demo', passwordHash), 'and the line moves on').toBe(true);
  });

  it('more than twenty tries at once are sent away before anything is worked out', async () => {
    const app = await makeTestApp();
    const { promise: slow, resolve: finish } = Promise.withResolvers<string>();
    const held = Array.from({ length: 20 }, () => whileFewSignIn(app.deps, null, () => slow));
    await expect(whileFewSignIn(app.deps, null, async () => 'in')).rejects.toMatchObject({
      code: 'rate_limited',
    });
    finish('done');
    await Promise.all(held);
    expect(await whileFewSignIn(app.deps, null, async () => 'in')).toBe('in');
  });

  it('an address that has had its tries is sent away at once, another is not', async () => {
    const app = await makeTestApp();
    for (let n = 0; n < 50; n += 1) await countSignIn(app.deps, `nobody${n}`, '203.0.113.7');
    const ask = (address: string) => whileFewSignIn(app.deps, address, async () => 'in');
    await expect(ask('203.0.113.7')).rejects.toMatchObject({ code: 'rate_limited' });
    expect(await ask('203.0.113.8')).toBe('in');
  });

  it('an account without a password has a hash that matches no password', async () => {
    expect(await verifyPassword('', unusableHash())).toBe(false);
    expect(unusableHash()).not.toBe(unusableHash());
  });
});

describe('signing in', () => {
  it('makes a row of its own every time', async () => {
    const app = await makeTestApp();
    await app.makeUser('Alice', { passwordHash });
    const first = await authorize(app.deps, { username: ' ALICE ', password: 'parley-demo' }, from());
    const second = await authorize(app.deps, { username: 'alice', password: 'parley-demo' }, from());
    expect(first?.signInId).toMatch(/^signin_/);
    expect(second?.signInId).not.toBe(first?.signInId);
  });

  it('answers the same for a wrong password, an unknown name and a suspended person', async () => {
    const app = await makeTestApp();
    await app.makeUser('Alice', { passwordHash });
    await app.makeUser('Mallory', { passwordHash, suspendedAt: 1 });
    for (const given of [
      { username: 'alice', password: 'wrong' },
      { username: 'nobody', password: 'parley-demo' },
      { username: 'mallory', password: 'parley-demo' },
      { username: "' or 1=1 --", password: '' },
    ]) {
      expect(await authorize(app.deps, given, from())).toBeNull();
    }
  });

  it('a known and an unknown account are limited alike, whatever address the tries come from', async () => {
    const app = await makeTestApp();
    await app.makeUser('Alice', { passwordHash });
    for (const username of ['alice', 'nobody']) {
      for (let n = 0; n < 10; n++) {
        await authorize(app.deps, { username, password: 'wrong' }, from(`198.51.100.${n}`));
      }
      const last = authorize(app.deps, { username, password: 'parley-demo' }, from('198.51.100.99'));
      await expect(last).rejects.toMatchObject({ code: 'rate_limited' });
    }
  });

  it('one address is limited over all accounts, and others are not touched by it', async () => {
    const app = await makeTestApp();
    await app.makeUser('Alice', { passwordHash });
    const tries = Array.from({ length: 51 }, (_, n) =>
      authorize(app.deps, { username: `guess${n}`, password: 'wrong' }, from()).catch((error) => error.code),
    );
    expect((await Promise.all(tries)).at(-1)).toBe('rate_limited');
    expect(
      await authorize(app.deps, { username: 'alice', password: 'parley-demo' }, from('::1')),
    ).not.toBeNull();
  });
});

describe('limits by address', () => {
  /** An address that a household may give itself: the first 64 bits stay the same. */
  const inHousehold = (n: number) => `2001:db8:1:2::${(n + 1).toString(16)}`;

  it('count an IPv6 household once, for signing in, before a try is worked on, and for new accounts', async () => {
    const app = await makeTestApp();
    for (let n = 0; n < 50; n += 1) await countSignIn(app.deps, `guess${n}`, inHousehold(n));
    const limited = { code: 'rate_limited' };
    await expect(countSignIn(app.deps, 'guess', inHousehold(50))).rejects.toMatchObject(limited);
    await expect(whileFewSignIn(app.deps, inHousehold(51), async () => 'in')).rejects.toMatchObject(limited);
    for (let n = 0; n < 60; n += 1) await countRegistration(app.deps, inHousehold(n));
    await expect(countRegistration(app.deps, inHousehold(60))).rejects.toMatchObject(limited);
    expect(await whileFewSignIn(app.deps, '2001:db8:1:3::1', async () => 'in'), 'the next one').toBe('in');
  });
});

describe('the sign-in cookie', () => {
  const signedIn = async (app: TestApp, viewer: Viewer) =>
    app.deps.viewerOf(withCookie(await app.cookieOf(viewer)));

  it('says who asks', async () => {
    const app = await makeTestApp();
    const alice = await app.makeUser('Alice', { isOperator: true });
    expect(await signedIn(app, alice)).toEqual(alice);
  });

  it('is worth nothing once its sign-in is revoked, or its person suspended', async () => {
    const app = await makeTestApp();
    const alice = await app.makeUser('Alice');
    const bob = await app.makeUser('Bob');
    await app.deps.transaction(async (tx) => {
      await tx.update(signIns).set({ revokedAt: 1 }).where(eq(signIns.id, alice.signInId));
      await tx.update(users).set({ suspendedAt: 1 }).where(eq(users.id, bob.userId));
    });
    expect(await signedIn(app, alice)).toBeNull();
    expect(await signedIn(app, bob)).toBeNull();
  });

  it('is worth nothing once it is revoked or has expired, also when it was read before', async () => {
    const app = await makeTestApp();
    const [alice, bob] = [await app.makeUser('Alice'), await app.makeUser('Bob')];
    const [hers, his] = [await app.cookieOf(alice), await app.cookieOf(bob)];
    expect(await app.deps.viewerOf(withCookie(hers))).toEqual(alice);
    expect(await app.deps.viewerOf(withCookie(his))).toEqual(bob);
    await app.deps.transaction(async (tx) => {
      await tx.update(signIns).set({ revokedAt: 1 }).where(eq(signIns.id, alice.signInId));
    });
    expect(await app.deps.viewerOf(withCookie(hers))).toBeNull();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 366 * 24 * 3_600_000 });
    expect(await app.deps.viewerOf(withCookie(his))).toBeNull();
    vi.useRealTimers();
  });

  it('is worth nothing when it is forged, names no row, or mixes two people', async () => {
    const app = await makeTestApp();
    const alice = await app.makeUser('Alice');
    const bob = await app.makeUser('Bob');
    const secret = app.deps.env.PARLEY_SECRET;
    const { name } = sessionCookie(app.deps.env);
    const mint = (token: Record<string, string>, key = secret) => encode({ token, secret: key });
    for (const value of [
      '',
      'garbage',
      '%E0%A4%A',
      await mint({ sub: alice.userId, signInId: alice.signInId }, 'some-other-secret-some-other-secret'),
      await mint({ sub: alice.userId, signInId: makeId('signin') }),
      await mint({ sub: bob.userId, signInId: alice.signInId }),
      await mint({ sub: alice.userId }),
    ]) {
      expect(await app.deps.viewerOf(withCookie(`${name}=${value}`))).toBeNull();
    }
  });

  it('does not work as a bearer token', async () => {
    const app = await makeTestApp();
    const alice = await app.makeUser('Alice');
    const token = (await app.cookieOf(alice)).split('=')[1];
    const request = new Request(ownOrigin, { headers: { authorization: `Bearer ${token}` } });
    expect(await app.deps.viewerOf(request)).toBeNull();
  });

  it('is bound to its host and to https when the address is public', () => {
    const cookie = sessionCookie({ PARLEY_URL: 'https://talk.example.org' });
    expect(cookie.name).toBe('__Host-parley');
    expect(cookie.options).toMatchObject({ httpOnly: true, secure: true, sameSite: 'lax', path: '/' });
  });
});

describe('signing out', () => {
  it('ends exactly this sign-in and takes its cookie away', async () => {
    const app = await makeTestApp();
    const here = await app.makeUser('Alice');
    const elsewhere = await secondSignIn(app, here);
    const answer = await ask(app, signOut, here, { method: 'POST' });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('set-cookie')).toContain('parley=; Path=/; Max-Age=0');
    expect((await ask(app, getMe, here)).status).toBe(401);
    expect((await ask(app, getMe, elsewhere)).status).toBe(200);
  });
});

describe('changing the password', () => {
  it('ends every other sign-in, keeps this one, and the old password no longer works', async () => {
    const app = await makeTestApp();
    const here = await app.makeUser('Alice', { passwordHash });
    const elsewhere = await secondSignIn(app, here);
    const body = { currentPassword: 'parley-demo', newPassword: 'a better one' };
    expect((await ask(app, putPassword, here, { method: 'PUT', body })).status).toBe(204);
    expect((await ask(app, getMe, here)).status).toBe(200);
    expect((await ask(app, getMe, elsewhere)).status).toBe(401);
    expect(await authorize(app.deps, { username: 'alice', password: 'parley-demo' }, from())).toBeNull();
    expect(await authorize(app.deps, { username: 'alice', password: 'a better one' }, from())).not.toBeNull();
  });

  it('a new password without the current one is refused, and no sign-in is revoked', async () => {
    const app = await makeTestApp();
    const here = await app.makeUser('Alice', { passwordHash });
    const elsewhere = await secondSignIn(app, here);
    const body = { currentPassword: 'wrong', newPassword: 'a better one' };
    expect((await ask(app, putPassword, here, { method: 'PUT', body })).status).toBe(400);
    expect((await ask(app, getMe, elsewhere)).status).toBe(200);
  });

  it('strangers who sign in with invented names keep no user from changing a password', async () => {
    const app = await makeTestApp();
    const alice = await app.makeUser('Alice', { passwordHash });
    for (const username of [alice.userId, alice.signInId, `change:${alice.userId}`]) {
      for (let n = 0; n < 11; n += 1) await countSignIn(app.deps, username, null).catch(() => undefined);
    }
    const body = { currentPassword: 'parley-demo', newPassword: 'a better one' };
    expect((await ask(app, putPassword, alice, { method: 'PUT', body })).status).toBe(204);
  });

  it('is limited for a sign-in that guesses; its owner’s own go on, and throw it out', async () => {
    const app = await makeTestApp();
    const owner = await app.makeUser('Alice', { passwordHash });
    const stolen = await secondSignIn(app, owner);
    const change = async (viewer: Viewer, currentPassword: string) => {
      const body = { currentPassword, newPassword: 'a better one' };
      return (await ask(app, putPassword, viewer, { method: 'PUT', body })).status;
    };
    for (let n = 0; n < 10; n += 1) expect(await change(stolen, `guess ${n}`)).toBe(400);
    expect(await change(stolen, 'parley-demo')).toBe(429);
    expect(await change(owner, 'parley-demo')).toBe(204);
    expect((await ask(app, getMe, stolen)).status).toBe(401);
  });

  it('and signing out are there however much a stolen sign-in has done', async () => {
    const app = await makeTestApp();
    const owner = await app.makeUser('Alice', { passwordHash });
    const other = await secondSignIn(app, owner);
    for (let n = 0; n < 240; n += 1) await countMutation(app.deps, owner.userId);
    await expect(countMutation(app.deps, owner.userId)).rejects.toMatchObject({ code: 'rate_limited' });
    expect((await ask(app, signOut, other, { method: 'POST' })).status).toBe(204);
    const body = { currentPassword: 'parley-demo', newPassword: 'a better one' };
    expect((await ask(app, putPassword, owner, { method: 'PUT', body })).status).toBe(204);
  });
});

async function secondSignIn(app: TestApp, viewer: Viewer): Promise<Viewer> {
  const signInId = makeId('signin');
  await app.deps.transaction(async (tx) => {
    await tx.insert(signIns).values({ id: signInId, userId: viewer.userId, createdAt: 0 });
  });
  return { ...viewer, signInId };
}
