import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calls, participations } from '@/db/schema';
import { connectTimeoutMs } from '@/lib/calls/model/call';
import { loadLiveCalls } from '@/lib/calls/reads/load-call';
import { readLiveCalls } from '@/lib/calls/reads/read-calls';
import { checkDecisions, checkPromises, type Known } from '../support/kept-promises';
import { anyOtherStep, appointPeople, type MoreStep, takeAlso } from './more-steps';
import { anyStep, type Step, take } from './steps';
import { clientIdOf, names, rejoinMs, ringMs, tabs, userIdOf, viewerOf, World } from './world';

// `npm run test:model -- --runs N --seed S` sets them.
const { MODEL_RUNS, MODEL_SEED } = process.env;
const numRuns = Number(MODEL_RUNS ?? 5000);
const seed = Number(MODEL_SEED ?? Math.floor(Math.random() * 2 ** 31));

let world: World;

/** Before the first sequence of a file. */
export async function openWorld(): Promise<void> {
  world = await World.make();
}

export const closeWorld = () => world.close();

/** Which sign-in each tab has. */
const signInOf = new Map(
  names.flatMap((name) => tabs.map((tab) => [clientIdOf(name, tab), viewerOf(name, tab).signInId] as const)),
);

/** What may never be false, not even between two steps. */
async function checkAlways(known: Known): Promise<void> {
  const { db } = world.deps;
  await checkPromises(db, known);
  const parts = await db.select().from(participations);
  for (const part of parts.filter(({ state }) => state !== 'left')) {
    expect(part.signInId, 'a part belongs to the sign-in of the tab that holds it').toBe(
      signInOf.get(part.clientId),
    );
    expect(part.movingFromSignInId, '… and so does the one that is being moved away from').toBe(
      part.movingFrom === null ? null : signInOf.get(part.movingFrom),
    );
  }
}

/** What must be true once everything that was under way has arrived. */
async function checkAtRest(): Promise<void> {
  await world.settle();
  for (const name of names) {
    const shown = world.shownTo(name);
    if (!shown) continue;
    const real = (await readLiveCalls(world.deps, userIdOf(name)))
      .map(({ id, status, revision }) => ({ id, status, revision }))
      .sort((a, b) => a.id.localeCompare(b.id));
    expect(shown, `${name}'s browser shows what the server knows`).toEqual(real);
  }
}

/** Everyone goes without a word; nothing may live on. */
async function checkEveryoneGone(): Promise<void> {
  world.media.comeBack();
  world.media.failNext(0);
  for (const name of names) {
    for (const tab of tabs) world.disconnect(clientIdOf(name, tab));
    world.closeStream(name);
  }
  world.webhooks.length = 0;
  world.passes.clear();
  await world.tick();
  world.clock.ms += Math.max(rejoinMs, 20_000, connectTimeoutMs);
  await world.tick();
  world.clock.ms += ringMs;
  await world.tick();
  expect(await loadLiveCalls(world.deps.db), 'everyone gone: every call has ended').toEqual([]);
  world.clock.ms += 60_000;
  await world.tick();
  expect(await world.media.listRooms('parley_'), 'no room outlives its call').toEqual([]);
}

async function run(steps: Step[]): Promise<void> {
  await world.reset();
  const known: Known = { ended: new Map(), rings: new Map() };
  for (const step of steps) {
    await take(world, step);
    await checkAlways(known);
  }
  await checkAtRest();
  await checkEveryoneGone();
  await checkAlways(known);
}

/** The same in rounds: what one of them holds happens at once. */
async function runRounds(rounds: (Step | MoreStep)[][]): Promise<void> {
  await world.reset();
  await appointPeople(world);
  const known: Known = { ended: new Map(), rings: new Map() };
  for (const steps of rounds) {
    await Promise.all(steps.map((step) => ('also' in step ? takeAlso(world, step) : take(world, step))));
    await checkAlways(known);
    await checkDecisions(world.deps);
  }
  await checkEveryoneGone();
  await checkAlways(known);
}

/** What a process can't do beside something else, because it ends with it, or because time is one for all. */
const alone: readonly Step['do'][] = ['restart', 'time', 'outage'];

export function describeRounds(): void {
  beforeAll(openWorld);
  afterAll(closeWorld);

  const runs = Math.ceil(numRuns / 5);
  it(`keeps every promise in ${runs} sequences of what happens at once (seed ${seed})`, async () => {
    const step = fc.oneof(
      { weight: 3, arbitrary: anyStep.filter((one) => !alone.includes(one.do)) },
      { weight: 1, arbitrary: anyOtherStep },
    );
    const rounds = fc.array(fc.array(step, { minLength: 2, maxLength: 6 }), { minLength: 2, maxLength: 8 });
    await fc.assert(fc.asyncProperty(rounds, runRounds), { numRuns: runs, seed });
  }, 3_600_000);
}

/** Half of the runs: two files share them, because test files run side by side. */
export function describeSequences(half: number): void {
  beforeAll(openWorld);
  afterAll(closeWorld);

  const runs = Math.ceil(numRuns / 2);
  describe('any sequence of what can happen', () => {
    it(`keeps every promise in ${runs} sequences (seed ${seed + half})`, async () => {
      await fc.assert(fc.asyncProperty(fc.array(anyStep, { minLength: 3, maxLength: 24 }), run), {
        numRuns: runs,
        seed: seed + half,
      });
    }, 3_600_000);
  });
}

/** How calls end in `count` long sequences, so that a test can check that the steps reach every end. */
export async function endReasonsOf(count: number): Promise<string[]> {
  const reasons = new Set<string>();
  const sample = fc.sample(fc.array(anyStep, { minLength: 12, maxLength: 24 }), { numRuns: count, seed: 7 });
  for (const steps of sample) {
    await run(steps);
    for (const call of await world.deps.db.select().from(calls)) reasons.add(call.endReason ?? 'live');
  }
  return [...reasons].sort();
}
