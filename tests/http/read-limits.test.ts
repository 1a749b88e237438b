import { problemSchema } from '@parley/call-protocol';
import { expect, it } from 'vitest';
import { countRead, countSnapshot } from '@/lib/http/rate-limit';
import { routes } from '@/lib/routes/registry';
import { otherDevice } from '../support/in-process-call';
import { ask, makeTestApp, type TestApp } from '../support/make-test-deps';

const answerHeartbeat = routes['POST /api/events/alive'];
const openStream = routes['GET /api/events'];
const readMe = routes['GET /api/me'];

/** Opens a stream and lets go of it at once. */
async function openAndGo(app: TestApp, viewer: Parameters<typeof ask>[2]) {
  const answer = await ask(app, openStream, viewer);
  if (answer.status === 200) await answer.body?.cancel();
  return answer;
}

async function expectLimited(answer: Response) {
  expect([answer.status, answer.headers.get('content-type')]).toEqual([429, 'application/problem+json']);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  const problem = problemSchema.parse(await answer.json());
  expect([problem.code, problem.detail]).toEqual([
    'rate_limited',
    'Too many tries. Wait a moment, then try again.',
  ]);
}

it('a browser reads 3,000 times a minute and no more; the person’s other browsers and other people go on', async () => {
  const app = await makeTestApp();
  const [alice, bob] = [await app.makeUser('Alice'), await app.makeUser('Bob')];
  const phone = await otherDevice(app, alice);
  for (let n = 0; n < 2998; n += 1) await countRead(app.deps, alice);
  expect((await ask(app, readMe, alice)).status).toBe(200);
  // The answer to a heartbeat changes nothing that lasts: it counts as a read.
  expect((await ask(app, answerHeartbeat, alice, { body: {} })).status).toBe(204);
  await expectLimited(await ask(app, readMe, alice));
  expect((await ask(app, readMe, phone)).status).toBe(200);
  expect((await ask(app, readMe, bob)).status).toBe(200);
});

it('a browser gets 240 snapshots a minute, by streams and pages, and no more', async () => {
  const app = await makeTestApp();
  const alice = await app.makeUser('Alice');
  for (let n = 0; n < 239; n += 1) await countSnapshot(app.deps, alice);
  expect((await openAndGo(app, alice)).status).toBe(200);
  await expectLimited(await openAndGo(app, alice));
  expect((await openAndGo(app, await otherDevice(app, alice))).status).toBe(200);
});

it('the 65th stream that a browser holds open is refused with a sentence, and opens when one has closed', async () => {
  const app = await makeTestApp();
  const alice = await app.makeUser('Alice');
  const open = [];
  for (let n = 0; n < 64; n += 1) open.push(await ask(app, openStream, alice));
  const refused = await ask(app, openStream, alice);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10']);
  expect((await refused.json()).detail).toBe(
    'Parley is open in too many places. Close some, then try again.',
  );
  await open[0]?.body?.cancel();
  expect((await openAndGo(app, alice)).status).toBe(200);
});
