import { beforeEach, describe, expect, it } from 'vitest';
import { personState, stateWords } from '@/lib/call-ui/controller/describe-call';
import { acceptCall } from '@/lib/calls/accept-call';
import { connectTimeoutMs, mediaLostTimeoutMs } from '@/lib/calls/call';
import { confirmRing } from '@/lib/calls/confirm-ring';
import { declineCall } from '@/lib/calls/decline-call';
import { expireRings } from '@/lib/calls/expire-rings';
import { handleMediaEvent } from '@/lib/calls/handle-media-event';
import { endBetween, leaveCall, removeFromCall } from '@/lib/calls/leave-call';
import { readHistory, requireView } from '@/lib/calls/read-calls';
import { reconcileCalls } from '@/lib/calls/reconcile-calls';
import { ringAgain } from '@/lib/calls/ring-again';
import { startCall } from '@/lib/calls/start-call';
import { stopRing } from '@/lib/calls/stop-ring';
import { readMessages } from '@/lib/conversations/read-messages';
import type { CallId, ClientId, ConversationId } from '@/lib/ids';
import type { CallEntry, CallWithMedia, EndReason } from '@/lib/protocol';
import { changeMe } from '@/lib/users/change-me';
import { readMe } from '@/lib/users/read-me';
import type { Viewer } from '@/lib/viewer';
import { makeTestApp, type TestApp } from '../support/make-test-deps';

const ringMs = 60_000;
const tab = 'tab-of-this-person' as ClientId;
const otherTab = 'another-tab-of-theirs' as ClientId;

let app: TestApp;
let alice: Viewer;
let bob: Viewer;
let carol: Viewer;
let direct: ConversationId;
let group: ConversationId;

beforeEach(async () => {
  app = await makeTestApp();
  alice = await app.makeUser('Alice');
  bob = await app.makeUser('Bob');
  carol = await app.makeUser('Carol');
  direct = await app.makeConversation('direct', [alice, bob]);
  group = await app.makeConversation('group', [alice, bob, carol]);
  for (const { userId } of [alice, bob, carol]) app.online.add(userId);
});

/** The browser's media comes up, and LiveKit says so. */
async function comeUp({ media }: CallWithMedia): Promise<void> {
  const { room, identity, sid } = app.media.connectWith(media.token);
  const participant = { identity, sid };
  await handleMediaEvent(app.deps, { id: `up-${sid}`, type: 'participant_joined', room, participant });
}

async function call(conversationId: ConversationId): Promise<CallId> {
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

async function accept(who: Viewer, callId: CallId, clientId = tab): Promise<void> {
  await comeUp(await acceptCall(app.deps, who, { callId, clientId, switchFrom: null }));
}

const decline = (who: Viewer, callId: CallId) => declineCall(app.deps, who, { callId, ringId: null });
const leave = (who: Viewer, callId: CallId) => leaveCall(app.deps, who, { callId, clientId: tab });
const stop = (callId: CallId, { userId }: Viewer) => stopRing(app.deps, alice, { callId, userId });

async function wait(ms: number): Promise<void> {
  app.clock.advance(ms);
  await expireRings(app.deps);
}

/** Every deadline of a ring passes. */
const letItRing = () => wait(ringMs);

/** The words beside somebody's name on the caller's screen. */
async function wordsFor(who: Viewer, callId: CallId): Promise<string> {
  const view = await requireView(app.deps, alice.userId, callId);
  const person = view.people.find(({ user }) => user.id === who.userId);
  if (!person) throw new Error('not in the call view');
  return stateWords[personState(person)];
}

type Outcome = CallEntry['outcome'];

/** How one person finds the call told: in the conversation and on the Calls page, which must agree. */
async function toldTo(who: Viewer, conversationId: ConversationId): Promise<Outcome> {
  const page = { before: null, limit: 10 };
  const { messages } = await readMessages(app.deps, who.userId, conversationId, page);
  const inConversation = messages[0]?.callEntry?.outcome;
  const [onCallsPage] = (await readHistory(app.deps, who.userId, { ...page, filter: 'all' })).entries;
  const missed = await readHistory(app.deps, who.userId, { ...page, filter: 'missed' });
  const { missedCallCount } = await readMe(app.deps.db, who.userId);
  if (!inConversation) throw new Error('no entry');
  expect(onCallsPage?.outcome, 'the Calls page tells the same').toBe(inConversation);
  const isMissed = inConversation === 'missed' ? 1 : 0;
  expect(missed.entries, 'Missed holds exactly the missed calls').toHaveLength(isMissed);
  expect(missedCallCount, 'the badge counts exactly the missed calls').toBe(isMissed);
  return inConversation;
}

type DirectCase = {
  what: string;
  play: (callId: CallId) => Promise<unknown>;
  reason: EndReason;
  alice: Outcome;
  bob: Outcome;
};

const directCases: DirectCase[] = [
  {
    what: 'Bob declines',
    play: (id) => decline(bob, id),
    reason: 'declined',
    alice: 'declined',
    bob: 'declined',
  },
  {
    what: 'Bob’s window shows and nobody answers',
    play: async (id) => {
      await confirmRing(app.deps, bob, id);
      await letItRing();
    },
    reason: 'missed',
    alice: 'no_answer',
    bob: 'missed',
  },
  {
    what: 'Bob has a stream but no window, and nobody answers',
    play: letItRing,
    reason: 'missed',
    alice: 'no_answer',
    bob: 'missed',
  },
  {
    what: 'Alice cancels',
    play: (id) => leave(alice, id),
    reason: 'cancelled',
    alice: 'cancelled',
    bob: 'missed',
  },
  {
    what: 'Alice stops ringing Bob',
    play: (id) => stop(id, bob),
    reason: 'missed',
    alice: 'cancelled',
    bob: 'missed',
  },
  {
    what: 'Alice vanishes while it rings',
    play: async (id) => {
      const view = await requireView(app.deps, alice.userId, id);
      expect(view.status).toBe('ringing');
      const [room] = await app.media.listRooms('parley_');
      const identity = { userId: alice.userId, clientId: tab };
      app.media.disconnect(room?.name ?? '', identity);
      await reconcileCalls(app.deps);
      await wait(15_000);
    },
    reason: 'cancelled',
    alice: 'cancelled',
    bob: 'missed',
  },
  {
    what: 'Bob answers and both talk',
    play: async (id) => {
      await accept(bob, id);
      await wait(5000);
      await leave(alice, id);
    },
    reason: 'completed',
    alice: 'completed',
    bob: 'completed',
  },
  {
    what: 'Bob answers on one device while another still shows the window',
    play: async (id) => {
      await accept(bob, id);
      await expect(accept(bob, id, otherTab)).rejects.toMatchObject({ code: 'answered_elsewhere' });
      expect((await requireView(app.deps, bob.userId, id)).myRing).toBeNull();
      await decline(bob, id);
      await leave(bob, id);
    },
    reason: 'completed',
    alice: 'completed',
    bob: 'completed',
  },
  {
    what: 'Bob answers, but his media never comes up',
    play: async (id) => {
      await acceptCall(app.deps, bob, { callId: id, clientId: tab, switchFrom: null });
      await wait(connectTimeoutMs);
    },
    reason: 'completed',
    alice: 'completed',
    bob: 'completed',
  },
  {
    what: 'LiveKit is gone for good while it rings',
    play: async () => {
      app.media.goDown();
      await reconcileCalls(app.deps);
      await wait(mediaLostTimeoutMs);
    },
    reason: 'failed',
    alice: 'failed',
    bob: 'missed',
  },
  {
    what: 'Bob blocks Alice while it rings: as if he had declined',
    play: () => endBetween(app.deps, bob.userId, alice.userId),
    reason: 'declined',
    alice: 'declined',
    bob: 'declined',
  },
  {
    what: 'Alice blocks Bob while it rings: as if she had left',
    play: () => endBetween(app.deps, alice.userId, bob.userId),
    reason: 'cancelled',
    alice: 'cancelled',
    bob: 'missed',
  },
];

describe('a direct call is told by what happened, to each of the two', () => {
  it.each(directCases)('$what: $alice for the caller, $bob for the callee', async (row) => {
    const id = await call(direct);
    await row.play(id);
    const view = await requireView(app.deps, alice.userId, id);
    expect({ status: view.status, endReason: view.endReason }).toEqual({
      status: 'ended',
      endReason: row.reason,
    });
    expect(await toldTo(alice, direct)).toBe(row.alice);
    expect(await toldTo(bob, direct)).toBe(row.bob);
  });

  it('Bob has no device connected: not reachable for the caller, missed for Bob', async () => {
    app.online.delete(bob.userId);
    const id = await call(direct);
    expect(await wordsFor(bob, id)).toBe('Calling…');
    await letItRing();
    expect(await toldTo(alice, direct)).toBe('unreachable');
    expect(await toldTo(bob, direct)).toBe('missed');
  });

  it('Bob does not want to be disturbed: no answer for the caller, missed for Bob', async () => {
    await changeMe(app.deps, bob.userId, { doNotDisturb: true });
    await call(direct);
    await letItRing();
    expect(await toldTo(alice, direct)).toBe('no_answer');
    expect(await toldTo(bob, direct)).toBe('missed');
  });

  it('Bob lets nobody call: refused, and neither of the two finds a call', async () => {
    await changeMe(app.deps, bob.userId, { callPermission: 'nobody' });
    await expect(call(direct)).rejects.toMatchObject({ code: 'not_allowed' });
    for (const { userId } of [alice, bob]) {
      const { entries } = await readHistory(app.deps, userId, { filter: 'all', before: null, limit: 10 });
      expect(entries).toEqual([]);
    }
  });
});

describe('in a group each answer stands alone', () => {
  it('the caller reads one word for each callee, and no two are mixed up', async () => {
    const [dave, erin, frank, grace] = [
      await app.makeUser('Dave'),
      await app.makeUser('Erin', { callPermission: 'nobody' }),
      await app.makeUser('Frank'),
      await app.makeUser('Grace'),
    ];
    for (const { userId } of [dave, erin, frank]) app.online.add(userId);
    group = await app.makeConversation('group', [alice, bob, carol, dave, erin, frank, grace]);
    const id = await call(group);
    await confirmRing(app.deps, bob, id);
    await confirmRing(app.deps, carol, id);
    await decline(carol, id);
    await stop(id, frank);
    const words = async () =>
      Object.fromEntries(
        await Promise.all(
          Object.entries({ bob, carol, dave, erin, frank, grace }).map(async ([name, who]) => [
            name,
            await wordsFor(who, id),
          ]),
        ),
      );
    expect(await words()).toEqual({
      bob: 'Ringing…',
      carol: 'Declined',
      dave: 'Calling…',
      erin: 'Not allowed',
      frank: 'Not ringing',
      grace: 'Calling…',
    });
    await accept(bob, id);
    await letItRing();
    expect(await words()).toEqual({
      bob: '',
      carol: 'Declined',
      dave: 'No answer',
      erin: 'Not allowed',
      frank: 'Not ringing',
      grace: 'Not reachable',
    });
    await leave(bob, id);
    expect(await toldTo(alice, group)).toBe('completed');
    expect(await toldTo(carol, group)).toBe('completed');
    for (const who of [dave, frank, grace]) expect(await toldTo(who, group)).toBe('missed');
  });

  it('being in the call overrides the ring: whoever declined and joins later is simply there', async () => {
    const id = await call(group);
    await decline(bob, id);
    expect(await wordsFor(bob, id)).toBe('Declined');
    await accept(bob, id);
    expect(await wordsFor(bob, id)).toBe('');
    await leave(carol, id);
    expect((await requireView(app.deps, alice.userId, id)).status).toBe('active');
  });

  type GroupCase = {
    what: string;
    play: (callId: CallId) => Promise<unknown>;
    reason: EndReason;
    told: [alice: Outcome, bob: Outcome, carol: Outcome];
  };
  const cases: GroupCase[] = [
    {
      what: 'both decline',
      play: async (id) => {
        await decline(bob, id);
        await decline(carol, id);
      },
      reason: 'declined',
      told: ['declined', 'declined', 'declined'],
    },
    {
      what: 'one declines, one stays silent',
      play: async (id) => {
        await decline(bob, id);
        await letItRing();
      },
      reason: 'missed',
      told: ['no_answer', 'no_answer', 'missed'],
    },
    {
      what: 'one declines, then the caller cancels',
      play: async (id) => {
        await decline(bob, id);
        await leave(alice, id);
      },
      reason: 'cancelled',
      told: ['cancelled', 'cancelled', 'missed'],
    },
    {
      what: 'the caller stops ringing both',
      play: async (id) => {
        await stop(id, bob);
        await stop(id, carol);
      },
      reason: 'missed',
      told: ['cancelled', 'missed', 'missed'],
    },
    {
      what: 'the caller leaves after one has answered, who is then alone with a ring and gives up',
      play: async (id) => {
        await accept(bob, id);
        await leave(alice, id);
        expect((await requireView(app.deps, bob.userId, id)).status).toBe('active');
        await leave(bob, id);
      },
      reason: 'completed',
      told: ['completed', 'completed', 'missed'],
    },
    {
      what: 'one is rung again after declining, and declines again',
      play: async (id) => {
        await decline(bob, id);
        await ringAgain(app.deps, alice, { callId: id, userId: bob.userId });
        expect(await wordsFor(bob, id)).toBe('Calling…');
        await decline(bob, id);
        await decline(carol, id);
      },
      reason: 'declined',
      told: ['declined', 'declined', 'declined'],
    },
  ];

  it.each(cases)('$what', async ({ play, reason, told }) => {
    const id = await call(group);
    await play(id);
    const view = await requireView(app.deps, alice.userId, id);
    expect({ status: view.status, endReason: view.endReason }).toEqual({
      status: 'ended',
      endReason: reason,
    });
    expect([await toldTo(alice, group), await toldTo(bob, group), await toldTo(carol, group)]).toEqual(told);
  });

  it('one of three leaves and the call goes on; one remaining ends it', async () => {
    const id = await call(group);
    await accept(bob, id);
    await accept(carol, id);
    await leave(alice, id);
    expect((await requireView(app.deps, bob.userId, id)).status).toBe('active');
    await leave(carol, id);
    expect((await requireView(app.deps, bob.userId, id)).endReason).toBe('completed');
  });

  it('leaving the group ends the ring, and nobody can ring that person again', async () => {
    const id = await call(group);
    await removeFromCall(app.deps, group, bob.userId);
    const mine = (await requireView(app.deps, alice.userId, id)).people.find(
      (one) => one.user.id === bob.userId,
    );
    expect(mine?.ring?.state).toBe('cancelled');
  });

  it('only who started a ring may stop it, and the view says who did', async () => {
    const id = await call(group);
    await accept(bob, id);
    await decline(carol, id);
    const view = await ringAgain(app.deps, bob, { callId: id, userId: carol.userId });
    const ring = view.people.find((one) => one.user.id === carol.userId)?.ring;
    expect(ring).toEqual({ state: 'ringing', isConfirmed: false, ringerId: bob.userId });
    await expect(stop(id, carol)).rejects.toMatchObject({ code: 'not_allowed' });
    await stopRing(app.deps, bob, { callId: id, userId: carol.userId });
    expect(await wordsFor(carol, id)).toBe('Not ringing');
  });
});

it('a call that was still ringing when the Calls page was looked at counts as missed afterwards', async () => {
  const id = await call(direct);
  app.clock.advance(1000);
  await changeMe(app.deps, bob.userId, { missedCallsSeen: true });
  app.clock.advance(1000);
  await leave(alice, id);
  expect((await readMe(app.deps.db, bob.userId)).missedCallCount).toBe(1);
  app.clock.advance(1000);
  await changeMe(app.deps, bob.userId, { missedCallsSeen: true });
  expect((await readMe(app.deps.db, bob.userId)).missedCallCount).toBe(0);
});
