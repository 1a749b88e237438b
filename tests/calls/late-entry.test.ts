import { expect, it } from 'vitest';
import { acceptCall } from '@/lib/calls/accept-call';
import { handleMediaEvent } from '@/lib/calls/handle-media-event';
import { loadCall } from '@/lib/calls/load-call';
import { reconcileCalls } from '@/lib/calls/reconcile-calls';
import { app, bob, call, direct, tab, withThreePeople } from './three-people';

withThreePeople();

/** Bob accepts and is in the room just before LiveKit makes the list that we wait for. */
function acceptsBeforeTheList(callId: Awaited<ReturnType<typeof call>>) {
  const { media, deps } = app;
  deps.media = {
    ...media,
    listParticipants: async (room) => {
      deps.media = media;
      const entered = await acceptCall(deps, bob, { callId, clientId: tab, switchFrom: null });
      media.connectWith(entered.media.token);
      return media.listParticipants(room);
    },
  };
}

const identity = () => ({ userId: bob.userId, clientId: tab });

it('somebody who accepts while LiveKit is being asked who is there is not sent away by a tick', async () => {
  const callId = await call(direct);
  acceptsBeforeTheList(callId);
  await reconcileCalls(app.deps);
  const live = await loadCall(app.deps.db, callId);
  expect(app.media.permissionsOf(live?.roomName ?? '', identity())).not.toBeNull();
});

it('… nor by a late webhook about an earlier connection of theirs', async () => {
  const callId = await call(direct);
  const room = (await loadCall(app.deps.db, callId))?.roomName ?? '';
  acceptsBeforeTheList(callId);
  const participant = { identity: identity(), sid: 'PA_of_an_earlier_connection' };
  await handleMediaEvent(app.deps, { id: 'EV_late', type: 'participant_left', room, participant });
  expect(app.media.permissionsOf(room, identity())).not.toBeNull();
});
