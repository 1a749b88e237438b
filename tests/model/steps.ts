import type { CallWithMedia } from '@parley/call-protocol';
import fc from 'fast-check';
import { blockUser } from '@/lib/calls/commands/block-user';
import { changeMe } from '@/lib/calls/commands/change-me';
import { confirmRing } from '@/lib/calls/commands/confirm-ring';
import { declineCall } from '@/lib/calls/commands/decline-call';
import { endSignIns } from '@/lib/calls/commands/end-sign-ins';
import { enterCall } from '@/lib/calls/commands/enter-call';
import { leaveByRequest, leaveCall } from '@/lib/calls/commands/leave-call';
import { moveCall } from '@/lib/calls/commands/move-call';
import { ringAgain, stopRing } from '@/lib/calls/commands/ring-again';
import { startCall } from '@/lib/calls/commands/start-call';
import { loadLiveCallIn } from '@/lib/calls/reads/load-call';
import { AppError } from '@/lib/errors';
import { MediaUnavailable } from '@/lib/media/media-server';
import { unblockUser } from '@/lib/users/block';
import {
  clientIdOf,
  type Name,
  names,
  type Place,
  places,
  type Tab,
  tabs,
  userIdOf,
  viewerOf,
  type World,
} from './world';

type Who = { name: Name; tab: Tab };

/** One thing that happens; a sequence of these is one run of the model. */
export type Step =
  | ({ do: 'start' | 'startTwice'; place: Place } & Who)
  | ({ do: 'startProfile'; to: Name } & Who)
  | ({ do: 'startAndLeave'; place: Place; leaveFirst: boolean } & Who)
  | ({ do: 'accept' | 'join' | 'move' | 'decline' | 'leave' | 'switch' | 'confirm'; place: Place } & Who)
  | { do: 'acceptBoth'; place: Place; name: Name }
  | { do: 'acceptAgainstCancel'; place: Place; name: Name; caller: Name }
  | ({ do: 'ringAgain' | 'stopRing'; place: Place; to: Name } & Who)
  | ({ do: 'connect' | 'disconnect' } & Who)
  | ({ do: 'signOut' } & Who)
  | { do: 'openStream' | 'closeStream' | 'quiet'; name: Name }
  | { do: 'block'; name: Name; to: Name }
  | { do: 'deliver'; which: 'oldest' | 'newest' | 'twice' | 'lose' }
  | { do: 'time' | 'outage'; ms: number }
  | { do: 'tick' | 'restart' | 'mediaDown' | 'mediaUp' | 'mediaHiccup' };

const name = fc.constantFrom(...names);
const tab = fc.constantFrom(...tabs);
const place = fc.constantFrom(...(Object.keys(places) as Place[]));
const who = { name, tab };
const does = <const T extends string>(...verbs: T[]) => fc.constantFrom(...verbs);

/** Weighted towards what people do; the rest happens often enough. */
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: does('start', 'startTwice'), place, ...who }) },
  { weight: 2, arbitrary: fc.record({ do: does('startProfile'), to: name, ...who }) },
  { weight: 1, arbitrary: fc.record({ do: does('startAndLeave'), place, leaveFirst: fc.boolean(), ...who }) },
  {
    weight: 10,
    arbitrary: fc.record({
      do: does('accept', 'join', 'move', 'decline', 'leave', 'switch', 'confirm'),
      place,
      ...who,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: does('acceptBoth'), place, name }) },
  { weight: 2, arbitrary: fc.record({ do: does('acceptAgainstCancel'), place, name, caller: name }) },
  { weight: 2, arbitrary: fc.record({ do: does('ringAgain', 'stopRing'), place, to: name, ...who }) },
  { weight: 8, arbitrary: fc.record({ do: does('connect', 'connect', 'connect', 'disconnect'), ...who }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: does('openStream', 'openStream', 'closeStream', 'quiet'), name }),
  },
  { weight: 1, arbitrary: fc.record({ do: does('signOut'), ...who }) },
  { weight: 1, arbitrary: fc.record({ do: does('block'), name, to: name }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: does('deliver'), which: does('oldest', 'oldest', 'newest', 'twice', 'lose') }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: does('time'), ms: fc.constantFrom(100, 4000, 15_000, 20_000, 60_000) }),
  },
  { weight: 1, arbitrary: fc.record({ do: does('outage'), ms: fc.constantFrom(5000, 30_000) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: does('tick', 'tick', 'tick', 'restart', 'mediaDown', 'mediaUp', 'mediaHiccup'),
    }),
  },
);

/** A refusal by Parley is a valid result; any other error is a bug. */
export async function tolerate<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof MediaUnavailable) return null;
    if (error instanceof AppError && error.code !== 'internal') return null;
    throw error;
  }
}

/** A client that enters receives a token; tab one uses it at once, tab two when a `connect` step says so. */
async function entering(
  world: World,
  { name: by, tab: on }: Who,
  work: Promise<CallWithMedia>,
): Promise<void> {
  const pass = await tolerate(work);
  if (!pass) return;
  const clientId = clientIdOf(by, on);
  if (pass.call.holderClientId !== clientId) {
    throw new Error(`${clientId} got a token for a part that ${pass.call.holderClientId} holds`);
  }
  world.passes.set(clientId, pass);
  if (on === 'one') world.connect(clientId);
}

/** Does one step, as the routes, browsers, LiveKit and time would. */
export async function take(world: World, step: Step): Promise<void> {
  const { deps } = world;
  const live = 'place' in step ? await loadLiveCallIn(deps.db, places[step.place].id) : null;
  const viewer = 'name' in step ? viewerOf(step.name, 'tab' in step ? step.tab : 'one') : viewerOf('alice');
  const clientId = 'tab' in step ? clientIdOf(step.name, step.tab) : clientIdOf('alice', 'one');
  const start = (by: Who, requestId: string | null) =>
    startCall(deps, viewerOf(by.name, by.tab), {
      target: { conversationId: 'place' in step ? places[step.place].id : places.trip.id },
      requestId,
      clientId: clientIdOf(by.name, by.tab),
      switchFrom: null,
    });
  const enter = { callId: live?.id ?? ('call_none' as never), clientId, switchFrom: null };
  switch (step.do) {
    case 'start':
      return entering(world, step, start(step, null));
    case 'startTwice': {
      // Glare: two members press at once.
      const other = places[step.place].members.find((one) => one !== step.name) ?? step.name;
      await Promise.all([
        entering(world, step, start(step, null)),
        entering(world, { name: other, tab: 'one' }, start({ name: other, tab: 'one' }, null)),
      ]);
      return;
    }
    case 'startProfile':
      return entering(
        world,
        step,
        startCall(deps, viewer, {
          target: { userId: userIdOf(step.to) },
          requestId: null,
          clientId,
          switchFrom: null,
        }),
      );
    case 'startAndLeave': {
      const requestId = world.newRequestId();
      const leaving = () => tolerate(leaveByRequest(deps, viewer, { requestId, clientId }));
      if (step.leaveFirst) await leaving();
      await Promise.all([entering(world, step, start(step, requestId)), step.leaveFirst ? null : leaving()]);
      return;
    }
    case 'accept':
      return entering(world, step, enterCall(deps, viewer, enter));
    case 'join':
      return entering(world, step, enterCall(deps, viewer, enter));
    case 'switch': {
      const current = Object.values(places).map((one) => loadLiveCallIn(deps.db, one.id));
      const calls = await Promise.all(current);
      const from = calls.find((one) =>
        one?.participations.some((part) => part.userId === viewer.userId && part.state !== 'left'),
      );
      return entering(world, step, enterCall(deps, viewer, { ...enter, switchFrom: from?.id ?? null }));
    }
    case 'move':
      return entering(world, step, moveCall(deps, viewer, enter));
    case 'acceptBoth':
      await Promise.all(
        tabs.map((one) =>
          entering(
            world,
            { name: step.name, tab: one },
            enterCall(deps, viewerOf(step.name, one), {
              ...enter,
              clientId: clientIdOf(step.name, one),
            }),
          ),
        ),
      );
      return;
    case 'acceptAgainstCancel':
      await Promise.all([
        tolerate(
          leaveCall(deps, viewerOf(step.caller), {
            callId: enter.callId,
            clientId: clientIdOf(step.caller, 'one'),
          }),
        ),
        entering(
          world,
          { name: step.name, tab: 'one' },
          enterCall(deps, viewer, { ...enter, clientId: clientIdOf(step.name, 'one') }),
        ),
      ]);
      return;
    case 'decline':
      await tolerate(declineCall(deps, viewer, { callId: enter.callId, ringId: null }));
      return;
    case 'leave':
      await tolerate(leaveCall(deps, viewer, { callId: enter.callId, clientId }));
      world.disconnect(clientId);
      return;
    case 'confirm':
      await tolerate(confirmRing(deps, viewer, enter.callId));
      return;
    case 'ringAgain':
      await tolerate(ringAgain(deps, viewer, { callId: enter.callId, userId: userIdOf(step.to) }));
      return;
    case 'stopRing':
      await tolerate(stopRing(deps, viewer, { callId: enter.callId, userId: userIdOf(step.to) }));
      return;
    case 'connect':
      return world.connect(clientId);
    case 'disconnect':
      return world.disconnect(clientId);
    case 'openStream':
      return world.openStream(step.name);
    case 'closeStream':
      return world.closeStream(step.name);
    case 'signOut':
      // Only the consequence: the person goes on with the same sign-in.
      await endSignIns(deps, viewer.userId, async () => ({ revoked: [viewer.signInId] }));
      world.closeStream(step.name);
      return;
    case 'quiet':
      await changeMe(deps, viewer.userId, { doNotDisturb: true });
      await changeMe(deps, viewer.userId, { doNotDisturb: false });
      return;
    case 'block':
      // A user does not block themselves.
      if (step.name === step.to) return;
      await blockUser(deps, viewer.userId, userIdOf(step.to));
      await unblockUser(deps, viewer.userId, userIdOf(step.to));
      return;
    case 'deliver': {
      const event = step.which === 'newest' ? world.webhooks.pop() : world.webhooks.shift();
      if (!event || step.which === 'lose') return;
      await world.deliver(event);
      if (step.which === 'twice') await world.deliver(event);
      return;
    }
    case 'time':
      world.clock.ms += step.ms;
      await world.tick();
      return;
    case 'tick':
      return world.tick();
    case 'restart':
      return world.restart();
    case 'mediaDown':
      world.media.goDown();
      world.connected.clear();
      return;
    case 'outage':
      // LiveKit dies, and is back after some calls have, or have not, been given up for it.
      world.media.goDown();
      world.connected.clear();
      await world.tick();
      world.clock.ms += step.ms;
      await world.tick();
      return world.media.comeBack();
    case 'mediaUp':
      return world.media.comeBack();
    case 'mediaHiccup':
      return world.media.failNext(1);
  }
}
