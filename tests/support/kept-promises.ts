import { expect } from 'vitest';
import { callLog, calls, messages, outcomeTotals, participations, rings } from '@/db/schema';
import type { Db } from '@/db/store';
import { healCalls } from '@/lib/calls/jobs/heal-calls';
import { nextDeadline } from '@/lib/calls/model/deadline';
import { loadLiveCalls } from '@/lib/calls/reads/load-call';
import { readDeadlines } from '@/lib/calls/reads/read-deadlines';
import type { CallDeps } from '@/lib/deps';

/** Calls and rings as they ended, by id; a new object for each world. */
export type Known = { ended: Map<string, string>; rings: Map<string, string> };

/** What may never be false, not even between two steps. */
export async function checkPromises(db: Db, known: Known): Promise<void> {
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

/**
 * That nothing lives which a person's own decision ended: the look that ends what contradicts a block, a removal, a
 * suspension, a sign-out, **Do not disturb** or **Mute calls** finds nothing.
 */
export async function checkDecisions(deps: CallDeps): Promise<void> {
  const { db } = deps;
  const read = async () => [
    await db.select().from(calls).orderBy(calls.id),
    await db.select().from(rings).orderBy(rings.id),
    await db.select().from(participations).orderBy(participations.callId, participations.userId),
  ];
  const before = await read();
  expect(await healCalls(deps)).toBe(true);
  expect(await read(), 'a decision and its consequences were one transaction').toEqual(before);
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
  const people = [...new Set([...ringRows, ...partRows].map(({ userId }) => userId))];
  return callRows.flatMap(({ id, status }) =>
    people.flatMap((userId) => {
      const mine = (row: { callId: string; userId: string }) => row.callId === id && row.userId === userId;
      const rung = ringRows.filter((ring) => mine(ring) && ring.state !== 'not_allowed');
      const hasEntered = partRows.some(mine);
      if (rung.length === 0 && !hasEntered) return [];
      const hasAnswered = rung.some(({ state }) => state === 'accepted' || state === 'declined');
      return [`${userId} ${id}${status === 'ended' && !hasEntered && !hasAnswered ? ' missed' : ''}`];
    }),
  );
}
