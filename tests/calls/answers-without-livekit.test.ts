import { expect, it } from 'vitest';
import { blockUser } from '@/lib/calls/commands/block-user';
import { removeFromGroup } from '@/lib/calls/commands/change-members';
import { declineCall } from '@/lib/calls/commands/decline-call';
import { enterCall } from '@/lib/calls/commands/enter-call';
import { leaveCall } from '@/lib/calls/commands/leave-call';
import { stopRing } from '@/lib/calls/commands/ring-again';
import { startCall } from '@/lib/calls/commands/start-call';
import { reconcileCalls } from '@/lib/calls/jobs/reconcile-calls';
import { loadCall } from '@/lib/calls/reads/load-call';
import { type CallId, type ConversationId, callIdSchema } from '@/lib/ids';
import { type MediaServer, MediaUnavailable } from '@/lib/media/media-server';
import { suspendPerson } from '@/lib/operator/suspend-person';
import type { Viewer } from '@/lib/viewer';
import { identityOf, signOut, tabOf, twoPeople, twoTalking } from '../support/in-process-call';
import type { TestApp } from '../support/make-test-deps';
import { settle } from '../support/settle';
import { waitFor } from '../support/wait-for';

/** LiveKit takes requests to delete and remove, and answers them when the test says so. */
function slowLivekit(app: TestApp) {
  const { media } = app.deps;
  const asked: string[] = [];
  const { promise: moment, resolve: answer } = Promise.withResolvers<void>();
  const later =
    <T>(method: string, work: () => Promise<T>) =>
    async () => {
      asked.push(method);
      await moment;
      return work();
    };
  app.deps.media = {
    ...media,
    deleteRoom: (name) => later('deleteRoom', () => media.deleteRoom(name))(),
    removeParticipant: (room, who) => later('removeParticipant', () => media.removeParticipant(room, who))(),
  } satisfies MediaServer;
  return { asked, answer };
}

/** LiveKit makes rooms once so many are asked for: then each start has one before any of them is written. */
function makeRoomsTogether(app: TestApp, count: number): void {
  const { media } = app;
  let asked = 0;
  const { promise: allAsked, resolve } = Promise.withResolvers<void>();
  const createRoom: MediaServer['createRoom'] = async (name) => {
    asked += 1;
    if (asked === count) resolve();
    await allAsked;
    await media.createRoom(name);
  };
  app.deps.media = { ...media, createRoom };
}

const start = (app: TestApp, who: Viewer, conversationId: ConversationId, switchFrom: CallId | null = null) =>
  startCall(app.deps, who, {
    target: { conversationId },
    requestId: null,
    clientId: tabOf(who),
    switchFrom,
  });

const accept = (app: TestApp, who: Viewer, callId: CallId, switchFrom: CallId | null = null) =>
  enterCall(app.deps, who, { callId, clientId: tabOf(who), switchFrom });

async function ringing() {
  const world = await twoPeople();
  const callId = callIdSchema.parse((await start(world.app, world.alice, world.direct)).call.id);
  return { ...world, callId };
}

type Command = { what: string; prepare: () => Promise<{ app: TestApp; run: () => Promise<unknown> }> };

const commands: Command[] = [
  {
    what: 'leave',
    prepare: async () => {
      const { app, bob, callId } = await twoTalking();
      return { app, run: () => leaveCall(app.deps, bob, { callId, clientId: tabOf(bob) }) };
    },
  },
  {
    what: 'decline',
    prepare: async () => {
      const { app, bob, callId } = await ringing();
      return { app, run: () => declineCall(app.deps, bob, { callId, ringId: null }) };
    },
  },
  {
    what: 'stop ringing',
    prepare: async () => {
      const { app, alice, bob, callId } = await ringing();
      return { app, run: () => stopRing(app.deps, alice, { callId, userId: bob.userId }) };
    },
  },
  {
    what: 'accept with a switch',
    prepare: async () => {
      const { app, bob, callId } = await twoTalking();
      const carol = await app.makeUser('Carol');
      const direct = await app.makeConversation('direct', [bob, carol]);
      const next = callIdSchema.parse((await start(app, carol, direct)).call.id);
      return { app, run: () => accept(app, bob, next, callId) };
    },
  },
  {
    what: 'start with a switch',
    prepare: async () => {
      const { app, bob, callId } = await twoTalking();
      const carol = await app.makeUser('Carol');
      const direct = await app.makeConversation('direct', [bob, carol]);
      return { app, run: () => start(app, bob, direct, callId) };
    },
  },
  {
    what: 'the losing start of two at once',
    prepare: async () => {
      const { app, alice, bob, direct } = await twoPeople();
      makeRoomsTogether(app, 2);
      return { app, run: () => Promise.all([start(app, alice, direct), start(app, bob, direct)]) };
    },
  },
  {
    what: 'block',
    prepare: async () => {
      const { app, alice, bob } = await twoTalking();
      return { app, run: () => blockUser(app.deps, alice.userId, bob.userId) };
    },
  },
  {
    what: 'sign out',
    prepare: async () => {
      const { app, bob } = await twoTalking();
      return { app, run: () => signOut(app, bob) };
    },
  },
  {
    what: 'suspend',
    prepare: async () => {
      const { app, bob } = await twoTalking();
      const operator = await app.makeUser('Olga', { isOperator: true });
      return { app, run: () => suspendPerson(app.deps, operator.userId, bob.userId) };
    },
  },
  {
    what: 'leave the group',
    prepare: async () => {
      const { app, alice, bob } = await twoPeople();
      const group = await app.makeConversation('group', [alice, bob, await app.makeUser('Carol')]);
      const { call } = await start(app, alice, group);
      await accept(app, bob, callIdSchema.parse(call.id));
      return { app, run: () => removeFromGroup(app.deps, bob.userId, group, bob.userId) };
    },
  },
];

it.each(commands)('$what is answered while LiveKit has yet to close what it closes', async ({ prepare }) => {
  const { app, run } = await prepare();
  const livekit = slowLivekit(app);
  await run();
  expect(livekit.asked, 'LiveKit is asked all the same').not.toEqual([]);
  livekit.answer();
});

it('what LiveKit fails at after the answer is repeated by the next tick', async () => {
  const { app, bob, callId, room } = await twoTalking();
  const { media } = app;
  app.deps.media = { ...media, deleteRoom: () => Promise.reject(new MediaUnavailable()) };
  await leaveCall(app.deps, bob, { callId, clientId: tabOf(bob) });
  expect(await media.listRooms(room)).toHaveLength(1);
  app.deps.media = media;
  await reconcileCalls(app.deps);
  expect(await media.listRooms(room)).toEqual([]);
  expect(app.deps.mediaWork.closing(), 'not seen gone yet').toEqual([room]);
  await reconcileCalls(app.deps);
  expect(app.deps.mediaWork.closing()).toEqual([]);
});

it('a tab that leaves and joins again gets its token after its earlier connection is removed', async () => {
  const { app, alice, bob } = await twoPeople();
  const carol = await app.makeUser('Carol');
  const group = await app.makeConversation('group', [alice, bob, carol]);
  const callId = callIdSchema.parse((await start(app, alice, group)).call.id);
  const { media } = await accept(app, bob, callId);
  const { room } = app.media.connectWith(media.token);
  const livekit = slowLivekit(app);
  await leaveCall(app.deps, bob, { callId, clientId: tabOf(bob) });
  const joining = enterCall(app.deps, bob, { callId, clientId: tabOf(bob), switchFrom: null });
  const joined = joining.then(({ media: again }) => {
    app.media.connectWith(again.token);
  });
  const stateOfBob = async () =>
    (await loadCall(app.deps.db, callId))?.participations.find((part) => part.userId === bob.userId)?.state;
  await waitFor('Bob back in the call', async () => (await stateOfBob()) === 'connecting', 5000);
  // An answer that does not wait would be out, and used, by now.
  await settle(50);
  expect(livekit.asked).toEqual(['removeParticipant']);
  livekit.answer();
  await joined;
  await app.deps.mediaWork.whenRemoved(room, identityOf(bob));
  expect(app.media.permissionsOf(room, identityOf(bob)), 'the new connection stays').not.toBeNull();
});
