import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { lockRows } from '@/db/lock-rows';
import { calls, members, users } from '@/db/schema';
import { revokeSignIn } from '@/lib/auth/revoke-sign-ins';
import { enterCall } from '@/lib/calls/commands/enter-call';
import { leaveCall } from '@/lib/calls/commands/leave-call';
import { moveCall } from '@/lib/calls/commands/move-call';
import { startCall } from '@/lib/calls/commands/start-call';
import { expireRings } from '@/lib/calls/jobs/expire-rings';
import { healCalls } from '@/lib/calls/jobs/heal-calls';
import { reconcileCalls } from '@/lib/calls/jobs/reconcile-calls';
import { loadCall } from '@/lib/calls/reads/load-call';
import { type CallId, type ConversationId, callIdSchema } from '@/lib/ids';
import { saveBlock } from '@/lib/users/block';
import type { Viewer } from '@/lib/viewer';
import {
  identityOf,
  otherDevice,
  roomOf,
  signOut,
  startAgain,
  tabOf,
  twoPeople,
  twoTalking,
} from '../support/in-process-call';
import type { TestApp } from '../support/make-test-deps';

/** What comes between two steps of a command: a revoked sign-in, a crash, another command, a dead LiveKit. */

const ours = 'parley_';

function start(app: TestApp, who: Viewer, conversationId: ConversationId) {
  const target = { conversationId };
  return startCall(app.deps, who, { target, requestId: null, clientId: tabOf(who), switchFrom: null });
}

async function ringing(app: TestApp, from: Viewer, conversationId: ConversationId): Promise<CallId> {
  return callIdSchema.parse((await start(app, from, conversationId)).call.id);
}

const accept = (app: TestApp, who: Viewer, callId: CallId) =>
  enterCall(app.deps, who, { callId, clientId: tabOf(who), switchFrom: null });

const isInRoom = (app: TestApp, room: string, who: Viewer) =>
  app.media.permissionsOf(room, identityOf(who)) !== null;

/** Written as a version did that wrote consequences in a second transaction, and died before it. */
const block = (app: TestApp, blocker: Viewer, blocked: Viewer) =>
  app.deps.transaction(async (tx) => {
    await lockRows(tx, { people: [blocker.userId, blocked.userId] });
    await saveBlock(tx, app.clock.wallNow(), blocker.userId, blocked.userId);
  });

async function stateOf(app: TestApp, callId: CallId) {
  const call = await loadCall(app.deps.db, callId);
  if (!call) throw new Error('the call is not there');
  return call;
}

it('who is suspended while the room is being made starts no call and leaves no room', async () => {
  const { app, alice, direct } = await twoPeople();
  const { media } = app;
  app.deps.media = {
    ...media,
    createRoom: async (name) => {
      await media.createRoom(name);
      await app.deps.transaction(async (tx) => {
        await tx.update(users).set({ suspendedAt: 1 }).where(eq(users.id, alice.userId));
      });
    },
  };
  await expect(start(app, alice, direct)).rejects.toMatchObject({ code: 'unauthenticated' });
  expect(await app.deps.db.$count(calls)).toBe(0);
  expect(await media.listRooms(ours)).toEqual([]);
});

it('an accept that was on its way when its sign-in was revoked enters nothing', async () => {
  const { app, alice, bob, direct } = await twoPeople();
  const callId = await ringing(app, bob, direct);
  await signOut(app, alice);
  await expect(accept(app, alice, callId)).rejects.toMatchObject({ code: 'unauthenticated' });
  expect((await stateOf(app, callId)).participations).toHaveLength(1);
});

it('an older version’s crash between a sign-in’s end and its calls’ end is healed at the next start', async () => {
  const { app, alice, callId, room } = await twoTalking();
  await app.deps.transaction((tx) => revokeSignIn(tx, app.clock.wallNow(), alice.signInId));
  await startAgain(app);
  expect((await stateOf(app, callId)).status).toBe('ended');
  expect(isInRoom(app, room, alice)).toBe(false);
});

it('a tab that is moved away from loses its media with its sign-in, and never gets the call back', async () => {
  const { app, bob, callId, room } = await twoTalking();
  const phone = await otherDevice(app, bob);
  await moveCall(app.deps, phone, { callId, clientId: tabOf(bob, 2) });
  await signOut(app, bob);
  expect(isInRoom(app, room, bob)).toBe(false);
  expect((await stateOf(app, callId)).status, 'the phone is on its way in').toBe('active');
  app.clock.advance(15_000);
  await expireRings(app.deps);
  expect((await stateOf(app, callId)).status, 'and never came').toBe('ended');
});

it('an older version’s crash between a block and the end of the direct call is healed at the next start', async () => {
  const { app, alice, bob, callId } = await twoTalking();
  await block(app, alice, bob);
  await startAgain(app);
  expect(await stateOf(app, callId)).toMatchObject({ status: 'ended', endReason: 'completed' });
});

it('… and between a block and the ring of one to the other in a group', async () => {
  const { app, alice, bob } = await twoPeople();
  const carol = await app.makeUser('Carol');
  const group = await app.makeConversation('group', [alice, bob, carol]);
  const callId = await ringing(app, alice, group);
  await block(app, bob, alice);
  await startAgain(app);
  const states = (await stateOf(app, callId)).rings.map(({ userId, state }) => [userId, state]);
  expect(Object.fromEntries(states)).toEqual({ [bob.userId]: 'declined', [carol.userId]: 'ringing' });
});

it.each(['do not disturb', 'mute'])('… and between %s and the window that it closes', async (which) => {
  const { app, alice, bob, direct } = await twoPeople();
  const callId = await ringing(app, alice, direct);
  await app.deps.transaction(async (tx) => {
    if (which === 'mute')
      await tx.update(members).set({ callsMuted: true }).where(eq(members.userId, bob.userId));
    else await tx.update(users).set({ doNotDisturb: true }).where(eq(users.id, bob.userId));
  });
  await startAgain(app);
  expect((await stateOf(app, callId)).rings[0]).toMatchObject({ state: 'ringing', isQuiet: true });
});

it('a call that cannot be healed does not count as healed, so that the next look tries again', async () => {
  const { app, alice, bob, callId } = await twoTalking();
  await block(app, alice, bob);
  const { transaction } = app.deps;
  app.deps.transaction = () => Promise.reject(new Error('the disk is full'));
  expect(await healCalls(app.deps)).toBe(false);
  app.deps.transaction = transaction;
  expect(await healCalls(app.deps)).toBe(true);
  expect((await stateOf(app, callId)).status).toBe('ended');
});

it('a call that ends while LiveKit is asked for its rooms gets no room back, and keeps none', async () => {
  const { app, alice, callId, room } = await twoTalking();
  const { media } = app;
  app.deps.media = {
    ...media,
    listRooms: async (prefix) => {
      app.deps.media = media;
      await leaveCall(app.deps, alice, { callId, clientId: tabOf(alice) });
      return media.listRooms(prefix);
    },
  };
  await reconcileCalls(app.deps);
  expect(await media.listRooms(ours)).toEqual([]);
  // A deletion that LiveKit did not take is made good at once, although the room is young.
  await media.createRoom(room);
  await reconcileCalls(app.deps);
  expect(await media.listRooms(ours)).toEqual([]);
});

it('people who reached LiveKit while the app was away are in the call, however late it is', async () => {
  const { app, alice, bob, direct } = await twoPeople();
  const callId = await ringing(app, alice, direct);
  await accept(app, bob, callId);
  const room = await roomOf(app, callId);
  for (const who of [alice, bob]) app.media.connect(room, identityOf(who));
  app.clock.advance(16_000);
  await startAgain(app);
  expect((await stateOf(app, callId)).status).toBe('active');
  expect(isInRoom(app, room, bob)).toBe(true);
});

it('… and so is a participant whose rejoin time ran out while the app was down, but who has rejoined', async () => {
  const { app, bob, callId, room } = await twoTalking();
  app.media.disconnect(room, identityOf(bob));
  await reconcileCalls(app.deps);
  app.media.connect(room, identityOf(bob));
  app.clock.advance(16_000);
  await startAgain(app);
  expect((await stateOf(app, callId)).participations.map((part) => part.state)).toEqual([
    'connected',
    'connected',
  ]);
});

it('a call that LiveKit’s absence is about to end goes on when LiveKit answers by then', async () => {
  const { app, alice, bob, callId, room } = await twoTalking();
  app.media.failNext(1);
  await reconcileCalls(app.deps);
  app.clock.advance(25_000);
  await startAgain(app);
  expect((await stateOf(app, callId)).status).toBe('active');
  for (const who of [alice, bob]) expect(isInRoom(app, room, who)).toBe(true);
});

it('after a restart of both, a LiveKit that responds late with an empty room removes no participant who waits for it', async () => {
  const { app, bob, callId, room } = await twoTalking();
  const reconcile = () => reconcileCalls(app.deps, { isFirst: true });
  app.media.goDown();
  expect(await reconcile()).toBe(false);
  app.media.comeBack();
  // The browsers found the app again, and who rejoins gets the room made a moment before the tick.
  app.online.add(bob.userId);
  await app.media.createRoom(room);
  app.clock.advance(4000);
  expect(await reconcile()).toBe(true);
  const waiting = { state: 'rejoining', deadlineAt: app.clock.now() + 20_000 };
  expect((await stateOf(app, callId)).participations).toMatchObject([waiting, waiting]);
});

it('after a restart of LiveKit between two ticks every participant has 20 s to rejoin, whichever rejoins first', async () => {
  const { app, alice, bob, callId } = await twoTalking({ CALL_REJOIN_SECONDS: '5' });
  app.media.goDown();
  app.media.comeBack();
  const back = await enterCall(app.deps, alice, { callId, clientId: tabOf(alice), switchFrom: null });
  app.media.connectWith(back.media.token);
  await reconcileCalls(app.deps);
  const bobs = (await stateOf(app, callId)).participations.find((part) => part.userId === bob.userId);
  expect(bobs).toMatchObject({ state: 'rejoining', deadlineAt: app.clock.now() + 20_000 });
});

it.each([0, 1, 2, 3, 4, 5])(
  'a call back, %i turns after the other’s hanging up began, is a call',
  async (turns) => {
    const { app, alice, bob, direct } = await twoPeople();
    const callId = await ringing(app, alice, direct);
    const hangingUp = leaveCall(app.deps, alice, { callId, clientId: tabOf(alice) });
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
    const { call } = await start(app, bob, direct);
    await hangingUp;
    expect(call.status).not.toBe('ended');
  },
);
