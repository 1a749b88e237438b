import { describe, expect, it } from 'vitest';
import { enterCall } from '@/lib/calls/commands/enter-call';
import { handleMediaEvent } from '@/lib/calls/jobs/handle-media-event';
import { reconcileCalls } from '@/lib/calls/jobs/reconcile-calls';
import { loadCall } from '@/lib/calls/reads/load-call';
import { app, bob, call, direct, tab, withThreePeople } from './three-people';

withThreePeople();

/** Bob accepts and is in the room just before LiveKit makes the list that we wait for. */
function acceptsBeforeTheList(callId: Awaited<ReturnType<typeof call>>) {
  const { media, deps } = app;
  deps.media = {
    ...media,
    listParticipants: async (room) => {
      deps.media = media;
      const entered = await enterCall(deps, bob, { callId, clientId: tab, switchFrom: null });
      media.connectWith(entered.media.token);
      return media.listParticipants(room);
    },
  };
}

const identity = () => ({ userId: bob.userId, clientId: tab });

it('a tick does not remove a callee who accepts while LiveKit’s participants are being read', async () => {
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

describe('a connection that came and went between two looks, with every webhook lost', () => {
  const partOfBob = async (callId: Awaited<ReturnType<typeof call>>) =>
    (await loadCall(app.deps.db, callId))?.participations.find((part) => part.userId === bob.userId);

  async function accepted() {
    const callId = await call(direct);
    const stream = app.deps.fanOut.open(bob, { send: () => undefined, close: () => undefined });
    const { media } = await enterCall(app.deps, bob, { callId, clientId: tab, switchFrom: null });
    app.clock.advance(2000);
    return { callId, stream, token: media.token };
  }

  it('is counted down while the browser is disconnected, no longer than connecting may take', async () => {
    const { callId, stream } = await accepted();
    const entering = await partOfBob(callId);
    const due = entering?.state === 'connecting' ? entering.deadlineAt : null;
    stream.drop();
    const goneAt = app.clock.now();
    app.clock.advance(3000);
    await reconcileCalls(app.deps);
    expect(await partOfBob(callId)).toMatchObject({
      state: 'rejoining',
      deadlineAt: due,
      droppedAt: goneAt,
    });
    await reconcileCalls(app.deps);
    expect(await partOfBob(callId)).toMatchObject({ state: 'rejoining', deadlineAt: due });
  });

  it('is a way in that takes its time while the browser is there', async () => {
    const { callId } = await accepted();
    await reconcileCalls(app.deps);
    expect(await partOfBob(callId)).toMatchObject({ state: 'connecting', droppedAt: null });
  });

  it('ends as soon as the connection is seen after all', async () => {
    const { callId, stream, token } = await accepted();
    stream.drop();
    await reconcileCalls(app.deps);
    expect((await partOfBob(callId))?.state).toBe('rejoining');
    app.media.connectWith(token);
    await reconcileCalls(app.deps);
    expect((await partOfBob(callId))?.state).toBe('connected');
  });
});
