import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { hashPassword } from '@/lib/auth/password';
import { type ApiPerson, makePeople } from '../support/api-people';
import { faultCase } from '../support/fault-case';
import { guessPassword, type SignInPage } from '../support/guess-password.mjs';
import { ownApp } from '../support/own-app';

const fault = faultCase(38);

/** What next-auth wants to see with every try; one is good for any number of them. */
async function pageOf(origin: string): Promise<SignInPage> {
  const csrf = await fetch(`${origin}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const cookie = csrf.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  return { origin, csrfToken, cookie };
}
/** How many milliseconds the answer to a wrong password takes. */
async function timeOfTry(page: SignInPage, username: string, address: string): Promise<number> {
  const since = performance.now();
  await guessPassword(page, { username, address });
  return performance.now() - since;
}

type Guess = Awaited<ReturnType<typeof guessPassword>>;

/** All these tries at once, from a thread of their own. */
function guessPasswords(page: SignInPage, tries: { username: string; address: string }[]) {
  const guesser = new Worker(new URL('../support/guesser.mjs', import.meta.url), {
    workerData: { page, tries },
  });
  const failed = new Promise<never>((_, reject) => guesser.once('error', reject));
  const said = <T>(is: (message: unknown) => message is T) =>
    new Promise<T>((resolve) => guesser.on('message', (message) => is(message) && resolve(message)));
  return {
    underWay: Promise.race([failed, said((message): message is 'under way' => message === 'under way')]),
    guesses: Promise.race([failed, said((message): message is Guess[] => Array.isArray(message))]),
  };
}

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

it('200 guesses at once with forged addresses are throttled, and calls go on meanwhile', async () => {
  const app = await ownApp();
  const [alice, bob, carol] = (await makePeople(app, ['Alice', 'Bob', 'Carol'])) as [
    ApiPerson,
    ApiPerson,
    ApiPerson,
  ];
  const his = await bob.listen();
  const page = await pageOf(app.url);
  // The app has just started: one call and one try, so that what is measured is not the first of its kind.
  await carol.leave((await carol.call(bob)).call.id);
  await timeOfTry(page, 'stranger', '198.51.100.251');
  fault.did('200 wrong passwords at once for 40 accounts, each with another X-Forwarded-For');
  const { underWay, guesses } = guessPasswords(
    page,
    Array.from({ length: 200 }, (_, n) => ({
      username: `nobody${n % 40}`,
      address: `198.51.100.${n % 250}`,
    })),
  );
  await underWay;
  const startedAt = performance.now();
  const { call } = await alice.call(bob);
  const rangAt = await his.until('the ring', () => Boolean(his.call(call.id)?.myRing), 10_000);
  const results = await guesses;
  // Guesser, server and LiveKit share two cores here; alone a ring takes under 250 ms (case 14).
  fault.within('a ring beside 200 guesses', 1000, rangAt - startedAt);
  fault.atMost(
    'guesses that got an answer about a password',
    50,
    results.filter((one) => !one.isLimited).length,
    'tries',
  );
  expect(results.some((one) => one.isIn)).toBe(false);
  for (const one of [alice, bob]) one.close();
});

it('a person whose browser is known signs in while strangers guess their password', async () => {
  const app = await ownApp();
  const passwordHash = await hashPassword('parley-demo');
  const [alice] = (await makePeople(app, ['Alice'], { passwordHash })) as [ApiPerson];
  const { username } = (await alice.ask('GET', '/api/me')).body as { username: string };
  const page = await pageOf(app.url);
  const hers = { username, address: '203.0.113.7', password: 'parley-demo' };
  const first = await guessPassword(page, hers);
  expect(first.isIn).toBe(true);
  const known = first.cookies.filter((cookie) => cookie.startsWith('parley-known='));
  expect(known).toHaveLength(1);

  fault.did('100 wrong passwords at once for her account, each with another X-Forwarded-For');
  const tries = Array.from({ length: 100 }, (_, n) => ({ username, address: `198.51.100.${n}` }));
  const { underWay, guesses } = guessPasswords(page, tries);
  await underWay;
  const herBrowser = { ...page, cookie: [page.cookie, ...known].join('; ') };
  const again = await guessPassword(herBrowser, hers);
  expect(again).toMatchObject({ isIn: true, isLimited: false });
  await guesses;
  expect(await guessPassword(page, hers), 'another browser is a stranger').toMatchObject({ isLimited: true });
});

it('a known and an unknown account take the same time', async () => {
  const app = await ownApp();
  const passwordHash = await hashPassword('something else');
  const known: number[] = [];
  const unknown: number[] = [];
  const people = await makePeople(app, ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'], { passwordHash });
  const page = await pageOf(app.url);
  await timeOfTry(page, 'warm-up', '203.0.113.1');
  for (const [n, person] of people.entries()) {
    const { username } = (await person.ask('GET', '/api/me')).body as { username: string };
    for (let time = 0; time < 2; time += 1) {
      known.push(await timeOfTry(page, username, '203.0.113.1'));
      unknown.push(await timeOfTry(page, `unknown-${n}`, '203.0.113.1'));
    }
  }
  const [a, b] = [median(known), median(unknown)];
  fault.did(`median known ${Math.round(a)} ms, unknown ${Math.round(b)} ms over ${known.length} tries each`);
  fault.within('difference between known and unknown', Math.max(15, 0.35 * Math.max(a, b)), Math.abs(a - b));
});
