import type { CallEntry, CallWithMedia } from '@parley/call-protocol';
import { beforeEach, expect } from 'vitest';
import { personState, stateText } from '@/lib/call-ui/controller/describe-call';
import { firstWords } from '@/lib/call-ui/words/first-words';
import { declineCall } from '@/lib/calls/commands/decline-call';
import { enterCall } from '@/lib/calls/commands/enter-call';
import { leaveCall } from '@/lib/calls/commands/leave-call';
import { stopRing } from '@/lib/calls/commands/ring-again';
import { startCall } from '@/lib/calls/commands/start-call';
import { expireRings } from '@/lib/calls/jobs/expire-rings';
import { handleMediaEvent } from '@/lib/calls/jobs/handle-media-event';
import { readHistory, requireView } from '@/lib/calls/reads/read-calls';
import { readMessages } from '@/lib/conversations/read-messages';
import type { CallId, ClientId, ConversationId } from '@/lib/ids';
import { readMe } from '@/lib/users/read-me';
import type { Viewer } from '@/lib/viewer';
import { makeTestApp, type TestApp } from '../support/make-test-deps';

const ringMs = 60_000;
export const tab = 'tab-of-this-person' as ClientId;
export const otherTab = 'another-tab-of-theirs' as ClientId;

export let app: TestApp;
export let alice: Viewer;
export let bob: Viewer;
export let carol: Viewer;
export let direct: ConversationId;
export let group: ConversationId;

/** Alice, Bob and Carol with a direct conversation and a group, new for every test of the file that calls this. */
export function withThreePeople(): void {
  beforeEach(async () => {
    app = await makeTestApp();
    alice = await app.makeUser('Alice');
    bob = await app.makeUser('Bob');
    carol = await app.makeUser('Carol');
    direct = await app.makeConversation('direct', [alice, bob]);
    group = await app.makeConversation('group', [alice, bob, carol]);
    for (const { userId } of [alice, bob, carol]) app.online.add(userId);
  });
}

/** The browser's media comes up, and LiveKit says so. */
export async function comeUp({ media }: CallWithMedia): Promise<void> {
  const { room, identity, sid } = app.media.connectWith(media.token);
  const participant = { identity, sid };
  await handleMediaEvent(app.deps, { id: `up-${sid}`, type: 'participant_joined', room, participant });
}

export async function call(conversationId: ConversationId): Promise<CallId> {
  const target = { conversationId };
  const started = await startCall(app.deps, alice, {
    target,
    requestId: null,
    clientId: tab,
    switchFrom: null,
  });
  await comeUp(started);
  return started.call.id as CallId;
}

export async function accept(who: Viewer, callId: CallId, clientId = tab): Promise<void> {
  await comeUp(await enterCall(app.deps, who, { callId, clientId, switchFrom: null }));
}

export const decline = (who: Viewer, callId: CallId) => declineCall(app.deps, who, { callId, ringId: null });
export const leave = (who: Viewer, callId: CallId) => leaveCall(app.deps, who, { callId, clientId: tab });
export const stop = (callId: CallId, { userId }: Viewer) => stopRing(app.deps, alice, { callId, userId });

export async function wait(ms: number): Promise<void> {
  app.clock.advance(ms);
  await expireRings(app.deps);
}

/** Every deadline of a ring passes. */
export const letItRing = () => wait(ringMs);

/** The words beside a person's name on the caller's screen. */
export async function wordsFor(who: Viewer, callId: CallId): Promise<string> {
  const view = await requireView(app.deps, alice.userId, callId);
  const person = view.people.find(({ user }) => user.id === who.userId);
  if (!person) throw new Error('not in the call view');
  return stateText(personState(person), firstWords());
}

export type Outcome = CallEntry['outcome'];

/** Returns the outcome that one person sees: the conversation and the Calls page must agree. */
export async function outcomeFor(who: Viewer, conversationId: ConversationId): Promise<Outcome> {
  const page = { before: null, limit: 10 };
  const { messages } = await readMessages(app.deps, who.userId, conversationId, page);
  const inConversation = messages[0]?.callEntry?.outcome;
  const [onCallsPage] = (await readHistory(app.deps, who.userId, { ...page, filter: 'all' })).entries;
  const missed = await readHistory(app.deps, who.userId, { ...page, filter: 'missed' });
  const { missedCallCount } = await readMe(app.deps.db, who.userId);
  if (!inConversation) throw new Error('no entry');
  expect(onCallsPage?.outcome, 'the Calls page shows the same').toBe(inConversation);
  const isMissed = inConversation === 'missed' ? 1 : 0;
  expect(missed.entries, 'Missed holds exactly the missed calls').toHaveLength(isMissed);
  expect(missedCallCount, 'the badge counts exactly the missed calls').toBe(isMissed);
  return inConversation;
}
