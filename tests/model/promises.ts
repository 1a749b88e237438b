import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callLog, calls, messages, outcomeTotals, participations, rings } from '@/db/schema';
import { connectTimeoutMs } from '@/lib/calls/model/call';
import { nextDeadline } from '@/lib/calls/model/deadline';
import { loadLiveCalls } from '@/lib/calls/reads/load-call';
import { readLiveCalls } from '@/lib/calls/reads/read-calls';
import { readDeadlines } from '@/lib/calls/reads/read-deadlines';
import { anyStep, type Step, take } from './steps';
import { clientIdOf, names, rejoinMs, ringMs, tabs, userIdOf, viewerOf, World } from './world';

// `npm run test:model -- --runs N --seed S` sets them.
const { MODEL_RUNS, MODEL_SEED } = process.env;
const numRuns = Number(MODEL_RUNS ?? 5000);
const seed = Number(MODEL_SEED ?? Math.floor(Math.random() * 2 ** 31));

let world: World;

/** Which sign-in each tab has. */
const signInOf = new Map(
  names.flatMap((name) => tabs.map((tab) => [clientIdOf(name, tab), viewerOf(name, tab).signInId] as const)),
);

type Known = { ended: Map<string, string>; rings: Map<string, string> };

/** What may never be false, not even between two steps. */
async function checkAlways(known: Known): Promise<void> {
  const { db } = world.deps;
  const callRows = await db.select().from(calls);
  const ringRows = await db.select().from(rings);
  const partRows = await db.select().from(participations);
  const entries = await db.select().from(messages);
  const live = callRows.filter((call) => call.status !== 'ended');
  expect(new Set(live.map((call) => call.conversationId)).size, 'one live call per conversation').toBe(
    live.length,
  );
  const inCall = partRows.filter((part) => part.state !== 'left');
  expect(new Set(inCall.map((part) => part.userId)).size, 'one call per person').toBe(inCall.length);
  for (const part of inCall) {
    expect(part.signInId, 'a part belongs to the sign-in of the tab that holds it').toBe(
      signInOf.get(part.clientId),
    );
    expect(part.movingFromSignInId, '… and so does the one that is being moved away from').toBe(
      part.movingFrom === null ? null : signInOf.get(part.movingFrom),
    );
  }
  for (const call of callRows) {
    const own = entries.filter((entry) => entry.callId === call.id);
    expect(own, 'exactly one entry per call').toHaveLength(1);
    const parts = inCall.filter((part) => part.callId === call.id);
    const running = ringRows.filter((ring) => ring.callId === call.id && ring.state === 'ringing');
    if (call.status === 'ended') {
      expect(call.endReason, 'an ended call has a reason').not.toBeNull();
      expect(parts.length + running.length, 'an ended call has no participants and no rings').toBe(0);
      const story = JSON.stringify([call, ringRows.filter((ring) => ring.callId === call.id)]);
      expect(known.ended.get(call.id) ?? story, 'an ended call never changes').toBe(story);
      known.ended.set(call.id, story);
    } else {
      const isOver = parts.length === 0 || (parts.length === 1 && running.length === 0);
      expect(isOver, 'a call lives exactly while two are in, or one is and a callee is rung').toBe(false);
      const hasEntered = call.activeAt !== null;
      expect(call.status).toBe(hasEntered ? 'active' : 'ringing');
    }
  }
  expect(await db.select().from(outcomeTotals), 'the totals count every outcome once').toHaveLength(
    new Set(outcomesOf(callRows, ringRows)).size,
  );
  for (const { kind, outcome, total } of await db.select().from(outcomeTotals)) {
    const had = outcomesOf(callRows, ringRows).filter((one) => one === `${kind} ${outcome}`);
    expect(total, `${kind} ${outcome}`).toBe(had.length);
  }
  const log = (await db.select().from(callLog)).map(
    ({ userId, callId, missedAt }) => `${userId} ${callId}${missedAt === null ? '' : ' missed'}`,
  );
  expect(log.sort(), 'everyone’s history has the calls that rang them or that they entered').toEqual(
    historyOf(callRows, ringRows, partRows).sort(),
  );
  const asked = await readDeadlines(db);
  for (const call of await loadLiveCalls(db))
    expect(asked.get(call.id) ?? null, 'the database knows the call’s next deadline').toBe(
      nextDeadline(call),
    );
  for (const ring of ringRows) {
    const before = known.rings.get(ring.id);
    if (before !== undefined && before !== 'ringing')
      expect(ring.state, 'a ring that is over stays as it ended').toBe(before);
    known.rings.set(ring.id, ring.state);
  }
}

type Rows = {
  call: typeof calls.$inferSelect;
  ring: typeof rings.$inferSelect;
  part: typeof participations.$inferSelect;
};

function outcomesOf(callRows: Rows['call'][], ringRows: Rows['ring'][]): string[] {
  return [
    ...callRows.flatMap(({ endReason }) => (endReason === null ? [] : [`call ${endReason}`])),
    ...ringRows.flatMap(({ state }) => (state === 'ringing' ? [] : [`ring ${state}`])),
  ];
}

/** Who has which call in their history, and whether as a missed one: rung, and neither entered nor declined. */
function historyOf(callRows: Rows['call'][], ringRows: Rows['ring'][], partRows: Rows['part'][]): string[] {
  return callRows.flatMap(({ id, status }) =>
    names.map(userIdOf).flatMap((userId) => {
      const mine = (row: { callId: string; userId: string }) => row.callId === id && row.userId === userId;
      const rung = ringRows.filter((ring) => mine(ring) && ring.state !== 'not_allowed');
      const hasEntered = partRows.some(mine);
      if (rung.length === 0 && !hasEntered) return [];
      const hasAnswered = rung.some(({ state }) => state === 'accepted' || state === 'declined');
      return [`${userId} ${id}${status === 'ended' && !hasEntered && !hasAnswered ? ' missed' : ''}`];
    }),
  );
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

/** Half of the runs: two files share them, because test files run side by side. */
export function describeSequences(half: number): void {
  beforeAll(async () => {
    world = await World.make();
  });
  afterAll(async () => {
    await world.close();
  });

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
