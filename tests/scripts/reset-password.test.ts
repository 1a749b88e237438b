import { execFileSync } from 'node:child_process';
import { beforeAll, expect, it } from 'vitest';
import { links, signIns } from '@/db/schema';
import { prepareChosenPassword } from '@/lib/auth/choose-password';
import { hashPassword } from '@/lib/auth/password';
import { authorize } from '@/lib/auth/sign-in';
import { passwordLink } from '@/scripts/password-link.mjs';
import { pinnedNode, root } from '@/scripts/paths.mjs';
import { makeTestApp, type TestApp } from '../support/make-test-deps';
import { environmentOf, whereIs } from '../support/test-database';

let forgotten: string;
beforeAll(async () => {
  forgotten = await hashPassword('long forgotten');
});

/** A community that Alice alone runs, with its database open as in a running app. */
async function community() {
  const app = await makeTestApp();
  const alice = await app.makeUser('Alice', { passwordHash: forgotten, isOperator: true });
  await app.makeUser('Bob', { passwordHash: forgotten });
  return { app, alice };
}

const tokenIn = (text: string) => /\/new-password\?link=([\w-]+)/.exec(text)?.[1] ?? '';
const linkFor = async (app: TestApp, name?: string) => (await passwordLink(whereIs(app.deps), name)).path;
const signIn = (app: TestApp, password: string) =>
  authorize(app.deps, { username: 'alice', password }, new Headers());
/** The command writes real times: the app's clock must show the same. */
const nowOf = (app: TestApp) => ({ ...app.deps, clock: { ...app.clock, wallNow: () => Date.now() } });

const choosePassword = async (app: TestApp, chosen: Parameters<typeof prepareChosenPassword>[1]) =>
  app.deps.transaction((await prepareChosenPassword(nowOf(app), chosen)).choose);

function run(app: TestApp, args: string[], env: Record<string, string> = {}) {
  return execFileSync(pinnedNode, ['scripts/reset-password.mjs', ...args], {
    cwd: root,
    encoding: 'utf8',
    stdio: 'pipe',
    env: { ...environmentOf(app.deps), ...env },
  });
}

it('lets a sole operator who forgot the password back in, while the app runs', async () => {
  const { app, alice } = await community();
  const said = run(app, ['Alice'], { PARLEY_URL: 'https://parley.example.org' });
  expect(said).toContain('https://parley.example.org/new-password?link=');
  const token = tokenIn(said);
  expect(await signIn(app, 'long forgotten'), 'nothing changes until the link is used').not.toBeNull();
  const { revoked } = await choosePassword(app, { token, password: 'remembered now' });
  expect(revoked, 'earlier sign-ins end').toContain(alice.signInId);
  expect(await signIn(app, 'remembered now')).not.toBeNull();
  expect(await signIn(app, 'long forgotten')).toBeNull();
  await expect(choosePassword(app, { token, password: 'a second time' })).rejects.toMatchObject({
    code: 'not_allowed',
  });
});

it('keeps only the link’s hash, and a second link makes the first one worthless', async () => {
  const { app } = await community();
  const [first, second] = [tokenIn(await linkFor(app, 'alice')), tokenIn(await linkFor(app, ' ALICE '))];
  expect(JSON.stringify(await app.deps.db.select().from(links))).not.toContain(second);
  const choose = (token: string) => choosePassword(app, { token, password: 'remembered now' });
  await expect(choose(first)).rejects.toMatchObject({ code: 'not_allowed' });
  expect((await choose(second)).username).toBe('alice');
});

it('works for three days', async () => {
  const { app } = await community();
  const token = tokenIn(await linkFor(app, 'alice'));
  const later = { ...app.clock, wallNow: () => Date.now() + 3 * 24 * 3600 * 1000 + 1000 };
  await expect(
    prepareChosenPassword({ ...app.deps, clock: later }, { token, password: 'remembered now' }),
  ).rejects.toMatchObject({ code: 'not_allowed' });
});

it('without a name or with an unknown one says who the operators are, and changes nothing', async () => {
  const { app } = await community();
  expect(() => run(app, [])).toThrow('Operators here: alice');
  expect(() => run(app, ['nobody'])).toThrow('Nobody is called nobody.');
  expect(await app.deps.db.select().from(links)).toEqual([]);
  expect(await app.deps.db.$count(signIns)).toBe(2);
});

it('works on a stopped community, and says so where there is none', async () => {
  const { app } = await community();
  await app.deps.close();
  expect(tokenIn(run(app, ['alice']))).not.toBe('');
  await expect(passwordLink({ dataDir: '/nowhere/at/all' }, 'alice')).rejects.toThrow('There is no database');
});
