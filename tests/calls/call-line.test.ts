import { expect, it } from 'vitest';
import { callLines } from '@/db/schema';
import { blockUser } from '@/lib/calls/commands/block-user';
import { changeMe } from '@/lib/calls/commands/change-me';
import { declineCall } from '@/lib/calls/commands/decline-call';
import { leaveCall } from '@/lib/calls/commands/leave-call';
import { readHistory, requireView } from '@/lib/calls/reads/read-calls';
import { readMessages } from '@/lib/conversations/read-messages';
import { type CallId, type ConversationId, callIdSchema } from '@/lib/ids';
import { routes } from '@/lib/routes/registry';
import { unblockUser } from '@/lib/users/block';
import type { Viewer } from '@/lib/viewer';
import { tabOf, twoPeople } from '../support/in-process-call';
import { ask } from '../support/make-test-deps';

const startRoute = routes['POST /api/calls'];

const about = 'about the shelves?';

async function world() {
  const { app, alice, bob, direct } = await twoPeople();
  const carol = await app.makeUser('Carol');
  const group = await app.makeConversation('group', [alice, bob, carol]);
  const start = (who: Viewer, conversationId: ConversationId, line?: string, requestId?: string) =>
    ask(app, startRoute, who, {
      body: {
        conversationId,
        clientId: tabOf(who),
        ...(line === undefined ? {} : { line }),
        ...(requestId ? { requestId } : {}),
      },
    });
  const startedIn = async (answer: Promise<Response>): Promise<CallId> =>
    callIdSchema.parse((await (await answer).json()).call.id);
  const page = { filter: 'all' as const, before: null, limit: 10 };
  /** The line as this person reads it: on the ring, in their history, and in the conversation. */
  const lineFor = async (who: Viewer, callId: CallId) => {
    const view = await requireView(app.deps, who.userId, callId);
    const { entries } = await readHistory(app.deps, who.userId, page);
    const conversationId = view.conversation.id as ConversationId;
    const { messages } = await readMessages(app.deps, who.userId, conversationId, {
      before: null,
      limit: 10,
    });
    const entry = messages.find(({ callEntry }) => callEntry?.callId === callId)?.callEntry;
    return [view.line, entries.find((one) => one.callId === callId)?.line ?? null, entry?.line ?? null];
  };
  return { app, alice, bob, carol, direct, group, start, startedIn, lineFor };
}
const everywhere = [about, about, about];
const nowhere = [null, null, null];

it('what a call is about is read by the caller and the callee, while it rings and afterwards', async () => {
  const { app, alice, bob, direct, start, startedIn, lineFor } = await world();
  const callId = await startedIn(start(alice, direct, ` about the\n shelves? `));
  expect(await lineFor(alice, callId)).toEqual(everywhere);
  expect(await lineFor(bob, callId)).toEqual(everywhere);
  await declineCall(app.deps, bob, { callId, ringId: null });
  expect(await lineFor(bob, callId)).toEqual(everywhere);
});

it('a line is 80 characters as people see them; more is refused, and no callee is rung', async () => {
  const { app, alice, direct, start, startedIn } = await world();
  for (const tooLong of ['x'.repeat(81), 'e'.concat('\u0301'.repeat(700))]) {
    expect((await start(alice, direct, tooLong)).status).toBe(400);
  }
  expect(await app.deps.db.$count(callLines)).toBe(0);
  const families = '👩‍👩‍👧'.repeat(80);
  const callId = await startedIn(start(alice, direct, families));
  expect((await requireView(app.deps, alice.userId, callId)).line).toBe(families);
});

it('a line that shows nothing is no line', async () => {
  const { app, alice, direct, start, startedIn, lineFor } = await world();
  const callId = await startedIn(start(alice, direct, ' \u200b \n '));
  expect(await lineFor(alice, callId)).toEqual(nowhere);
  expect(await app.deps.db.$count(callLines)).toBe(0);
});

it('a member whom the caller may not ring reads the call without its line, the others with it', async () => {
  const { app, alice, bob, carol, group, start, startedIn, lineFor } = await world();
  await changeMe(app.deps, bob.userId, { callPermission: 'nobody' });
  const callId = await startedIn(start(alice, group, about));
  const [, , inConversation] = await lineFor(bob, callId);
  expect([(await requireView(app.deps, bob.userId, callId)).line, inConversation]).toEqual([null, null]);
  expect(await lineFor(carol, callId)).toEqual(everywhere);
});

it('a reader who blocks the caller reads the line nowhere, and again after the block', async () => {
  const { app, alice, bob, direct, start, startedIn, lineFor } = await world();
  const callId = await startedIn(start(alice, direct, about));
  await blockUser(app.deps, bob.userId, alice.userId);
  expect(await lineFor(bob, callId)).toEqual(nowhere);
  expect(await lineFor(alice, callId)).toEqual(everywhere);
  await unblockUser(app.deps, bob.userId, alice.userId);
  expect(await lineFor(bob, callId)).toEqual(everywhere);
});

it('only the start that creates a call says what it is about: a repeat, a second start and a glare change nothing', async () => {
  const { app, alice, bob, direct, start, startedIn, lineFor } = await world();
  const callId = await startedIn(start(alice, direct, about, 'request-1'));
  expect(await startedIn(start(alice, direct, 'something else', 'request-1'))).toBe(callId);
  expect(await startedIn(start(alice, direct, 'something else'))).toBe(callId);
  expect(await startedIn(start(bob, direct, 'the garden'))).toBe(callId);
  expect(await lineFor(bob, callId)).toEqual(everywhere);
  await leaveCall(app.deps, alice, { callId, clientId: tabOf(alice) });
  const next = await startedIn(start(bob, direct));
  expect(await lineFor(alice, next)).toEqual(nowhere);
});
