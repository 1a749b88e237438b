import { operatorViewSchema } from '@parley/call-protocol';
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { links, users } from '@/db/schema';
import { makeId } from '@/lib/ids';
import { applyRegistrationSetting } from '@/lib/operator/change-community';
import { routes } from '@/lib/routes/registry';
import { readCommunity } from '@/lib/users/read-community';
import { makeSetUpLink } from '@/lib/users/set-up-link';
import { ask, inPublic, makeTestApp, type TestApp } from '../support/make-test-deps';

const revoke = routes['DELETE /api/operator/invites/[linkId]'];
const makeInvite = routes['POST /api/operator/invites'];
const getOperator = routes['GET /api/operator'];
const patchOperator = routes['PATCH /api/operator'];
const register = routes['POST /api/users'];

const password = 'long enough';
const join = (app: TestApp, username: string, invite?: string) =>
  ask(app, register, null, { body: { username, password, ...(invite ? { invite } : {}) } });
const tokenIn = (address: string | null) =>
  new URL(address ?? '', 'https://x').searchParams.get('invite') ?? '';

/** An operator's invite link, as its address carries it. */
async function inviteOf(app: TestApp, body: object = {}) {
  const operator = await app.makeUser('Operator', { isOperator: true });
  const made = await (await ask(app, makeInvite, operator, { body })).json();
  return { operator, id: String(made.id), token: tokenIn(made.path) };
}

describe('a community with a public address and without users', () => {
  it('refuses registrations, though registration is open, until the set-up link makes its operator', async () => {
    const app = await makeTestApp({ ...inPublic, PARLEY_REGISTRATION: 'open' });
    await applyRegistrationSetting(app.deps);
    expect((await join(app, 'early')).status).toBe(403);
    const link = await makeSetUpLink(app.deps);
    expect(link).toMatch(/^https:\/\/talk\.example\.org\/register\?invite=[\w-]{32}$/);
    expect((await join(app, 'olga', tokenIn(link))).status).toBe(201);
    expect(await app.deps.db.select().from(users)).toMatchObject([{ username: 'olga', isOperator: true }]);
    expect((await join(app, 'second')).status).toBe(201);
  });

  it('takes the set-up link once: of ten at the same moment one becomes the operator', async () => {
    const app = await makeTestApp(inPublic);
    const token = tokenIn(await makeSetUpLink(app.deps));
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => join(app, `person${n}`, token)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, ...Array(9).fill(403)]);
    expect(await app.deps.db.$count(users)).toBe(1);
  });

  it('gets a fresh link with every start, and the one before no longer works', async () => {
    const app = await makeTestApp(inPublic);
    const first = tokenIn(await makeSetUpLink(app.deps));
    const second = tokenIn(await makeSetUpLink(app.deps));
    expect((await join(app, 'olga', first)).status).toBe(403);
    expect((await join(app, 'olga', second)).status).toBe(201);
    expect(await makeSetUpLink(app.deps)).toBeNull();
  });

  it('begins with one channel to talk in', async () => {
    const app = await makeTestApp(inPublic);
    await join(app, 'olga', tokenIn(await makeSetUpLink(app.deps)));
    const [olga] = await app.deps.db.select().from(users);
    if (!olga) throw new Error('no user registered');
    const viewer = { userId: olga.id, signInId: makeId('signin'), isOperator: true };
    const view = await app.deps.readers.snapshot(viewer);
    expect(view.conversations).toMatchObject([{ kind: 'channel', title: 'general' }]);
  });

  it('keeps no link as it is: the database knows only hashes', async () => {
    const app = await makeTestApp(inPublic);
    const token = tokenIn(await makeSetUpLink(app.deps));
    expect(JSON.stringify(await app.deps.db.select().from(links))).not.toContain(token);
  });
});

describe('an invite link', () => {
  it('lets people in who are no operators, as often as it says', async () => {
    const app = await makeTestApp();
    const { token } = await inviteOf(app, { maxUses: 2 });
    const answers = await Promise.all([1, 2, 3, 4].map((n) => join(app, `guest${n}`, token)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 201, 403, 403]);
    const rows = await app.deps.db.select().from(users);
    expect(rows.filter((row) => row.isOperator).map((row) => row.username)).toEqual(['operator']);
  });

  it('registers no user once it is revoked, and is no longer in the list', async () => {
    const app = await makeTestApp();
    const { operator, id, token } = await inviteOf(app);
    const list = async () =>
      operatorViewSchema.parse(await (await ask(app, getOperator, operator)).json()).invites.length;
    expect(await list()).toBe(1);
    const gone = await ask(app, revoke, operator, { method: 'DELETE', params: { linkId: id } });
    expect(gone.status).toBe(204);
    expect(await list()).toBe(0);
    expect((await join(app, 'late', token)).status).toBe(403);
  });

  it('registers no user after it has expired', async () => {
    const app = await makeTestApp();
    const { token } = await inviteOf(app, { days: 1 });
    app.clock.advance(24 * 3600 * 1000 - 1);
    expect((await join(app, 'early', token)).status).toBe(201);
    app.clock.advance(1);
    expect((await join(app, 'late', token)).status).toBe(403);
  });

  it('gives an account that everyone may write to and call, and where anyone may join only people it knows', async () => {
    const app = await makeTestApp();
    const { operator, token } = await inviteOf(app);
    const permissions = async (username: string) => {
      expect((await join(app, username, token)).status).toBe(201);
      const [made] = await app.deps.db.select().from(users).where(eq(users.username, username));
      return [made?.messagePermission, made?.callPermission];
    };
    expect(await permissions('guest')).toEqual(['everyone', 'everyone']);
    await ask(app, patchOperator, operator, { method: 'PATCH', body: { registration: 'open' } });
    expect(await permissions('later')).toEqual(['known', 'known']);
  });

  it('is not used up by a registration that fails', async () => {
    const app = await makeTestApp();
    const { token } = await inviteOf(app, { maxUses: 1 });
    expect((await join(app, 'operator', token)).status).toBe(409);
    expect((await join(app, 'nina', token)).status).toBe(201);
  });
});

describe('who may register', () => {
  it('is the operator’s choice, and anyone may once it is open', async () => {
    const app = await makeTestApp();
    const { operator } = await inviteOf(app);
    expect((await join(app, 'nina')).status).toBe(403);
    const opened = await ask(app, patchOperator, operator, {
      method: 'PATCH',
      body: { registration: 'open', name: 'The Yard' },
    });
    expect(opened.status).toBe(204);
    expect(await readCommunity(app.deps.db)).toEqual({ name: 'The Yard', registration: 'open' });
    expect((await join(app, 'nina')).status).toBe(201);
  });

  it('is decided by PARLEY_REGISTRATION where that is set', async () => {
    const app = await makeTestApp({ PARLEY_REGISTRATION: 'invite' });
    await applyRegistrationSetting(app.deps);
    const { operator } = await inviteOf(app);
    const body = { registration: 'open' };
    expect((await ask(app, patchOperator, operator, { method: 'PATCH', body })).status).toBe(400);
    expect((await join(app, 'nina')).status).toBe(403);
  });
});
