import type { CallEntry } from '@parley/call-protocol';
import { expect, it } from 'vitest';
import { calls, messages, participations, rings } from '@/db/schema';
import { keepCallLog } from '@/lib/calls/keep-call-log';
import { loadCall } from '@/lib/calls/reads/load-call';
import { type CallId, type ConversationId, makeId } from '@/lib/ids';
import { routes } from '@/lib/routes/registry';
import type { Viewer } from '@/lib/viewer';
import { tabOf, twoPeople } from '../support/in-process-call';
import { ask, type TestApp } from '../support/make-test-deps';

const historyRoute = routes['GET /api/calls'];

/** A call that has ended: answered, or missed by its callee. */
async function pastCall(
  app: TestApp,
  conversationId: ConversationId,
  [caller, callee]: [Viewer, Viewer],
  isMissed: boolean,
): Promise<CallId> {
  const id = makeId('call');
  const at = app.clock.now();
  await app.deps.transaction(async (tx) => {
    const row = { id, conversationId, callerId: caller.userId, roomName: `parley_test_${id}`, createdAt: at };
    const endReason = isMissed ? 'missed' : 'completed';
    await tx.insert(calls).values({ ...row, status: 'ended', endReason, revision: 1 });
    await tx.insert(rings).values({
      id: makeId('ring'),
      callId: id,
      userId: callee.userId,
      ringerId: caller.userId,
      state: isMissed ? 'missed' : 'accepted',
      startedAt: at,
      deadlineAt: at,
    });
    for (const who of isMissed ? [caller] : [caller, callee])
      await tx.insert(participations).values({
        callId: id,
        userId: who.userId,
        clientId: tabOf(who),
        signInId: who.signInId,
        state: 'left',
        enteredAt: at,
      });
    const entry = { id: makeId('msg'), conversationId, authorId: caller.userId, text: '', callId: id };
    await tx.insert(messages).values({ ...entry, sentAt: at });
    const call = await loadCall(tx, id);
    if (call) await keepCallLog(tx, null, call, at);
  });
  return id;
}

/** Every page after the other; `between` is done before each further one. */
async function readAll(
  app: TestApp,
  who: Viewer,
  query: Record<string, string>,
  between: () => Promise<unknown>,
) {
  const pages: string[][] = [];
  let before: number | null = null;
  do {
    if (pages.length > 0) await between();
    const asked = { ...query, ...(before ? { before: String(before) } : {}) };
    const answer = await ask(app, historyRoute, who, { query: asked });
    const page: { entries: CallEntry[]; nextBefore: number | null } = await answer.json();
    pages.push(page.entries.map((entry) => entry.callId));
    before = page.nextBefore;
  } while (before !== null);
  return pages;
}

it('sixty calls come in two pages that neither repeat nor skip, also when a call comes in between', async () => {
  const { app, alice, bob, direct } = await twoPeople();
  const made: CallId[] = [];
  for (let number = 0; number < 60; number += 1)
    made.push(await pastCall(app, direct, [alice, bob], number % 2 === 0));
  const newestFirst = made.toReversed();
  const another = () => pastCall(app, direct, [alice, bob], true);
  const pages = await readAll(app, bob, {}, another);
  expect(pages.map((page) => page.length)).toEqual([50, 10]);
  expect(pages.flat()).toEqual(newestFirst);

  const missed = newestFirst.filter((id) => made.indexOf(id) % 2 === 0);
  const query = { filter: 'missed', limit: '7' };
  const [newest = [], ...older] = await readAll(app, bob, query, another);
  // The one that came while the first list was read stands on top.
  expect([...newest, ...older.flat()].slice(1)).toEqual(missed);
});

it('a page that is exactly full is the last one when nothing older is there', async () => {
  const { app, alice, bob, direct } = await twoPeople();
  for (let number = 0; number < 3; number += 1) await pastCall(app, direct, [alice, bob], true);
  expect(await readAll(app, bob, { limit: '3' }, async () => {})).toHaveLength(1);
});
