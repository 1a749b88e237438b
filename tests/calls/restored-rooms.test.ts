import { expect, it } from 'vitest';
import { reconcileCalls } from '@/lib/calls/jobs/reconcile-calls';
import { restoreRoom } from '@/lib/calls/jobs/restore-room';
import { loadCall } from '@/lib/calls/reads/load-call';
import type { CallId } from '@/lib/ids';
import { MediaUnavailable } from '@/lib/media/media-server';
import type { Viewer } from '@/lib/viewer';
import { identityOf, sendWebhook, twoTalking } from '../support/in-process-call';
import type { TestApp } from '../support/make-test-deps';

/** LiveKit restarts while two people talk, with the shortest rejoin time there is. */
async function restartedLivekit() {
  const world = await twoTalking({ CALL_REJOIN_SECONDS: '5' });
  world.app.media.goDown();
  world.app.media.comeBack();
  return world;
}

async function partOf(app: TestApp, callId: CallId, { userId }: Viewer) {
  return (await loadCall(app.deps.db, callId))?.participations.find((part) => part.userId === userId);
}

it('a participant who is back as soon as the room stands again is in the call; the other is waited for', async () => {
  const { app, alice, bob, callId, room } = await restartedLivekit();
  const { media } = app;
  let sid = '';
  app.deps.media = {
    ...media,
    createRoom: async (name) => {
      await media.createRoom(name);
      sid = media.connect(room, identityOf(alice));
    },
  };
  await reconcileCalls(app.deps);
  expect(await partOf(app, callId, alice)).toMatchObject({
    state: 'connected',
    mediaSid: sid,
  });
  expect(await partOf(app, callId, bob)).toMatchObject({
    state: 'rejoining',
    deadlineAt: app.clock.now() + 20_000,
  });
});

it.each(['createRoom', 'listParticipants'] as const)(
  'a restore that fails at %s leaves everyone their 20 s for the next one',
  async (method) => {
    const { app, alice, bob, callId } = await restartedLivekit();
    const { media } = app;
    app.deps.media = { ...media, [method]: () => Promise.reject(new MediaUnavailable()) };
    await reconcileCalls(app.deps);
    app.clock.advance(4000);
    app.deps.media = media;
    await reconcileCalls(app.deps);
    const waiting = { state: 'rejoining', deadlineAt: app.clock.now() + 20_000 };
    for (const who of [alice, bob]) expect(await partOf(app, callId, who)).toMatchObject(waiting);
  },
);

it('a second restore at the same time resets no participant who rejoined after its list was made', async () => {
  const { app, alice, callId, room, events } = await restartedLivekit();
  const { media } = app;
  let letAnswer: () => void = () => undefined;
  const moment = new Promise<void>((resolve) => {
    letAnswer = resolve;
  });
  let isListed: () => void = () => undefined;
  const listed = new Promise<void>((resolve) => {
    isListed = resolve;
  });
  app.deps.media = {
    ...media,
    listParticipants: async (name) => {
      const list = await media.listParticipants(name);
      isListed();
      await moment;
      return list;
    },
  };
  const slow = restoreRoom(app.deps, { id: callId, roomName: room });
  await listed;
  app.deps.media = media;
  await restoreRoom(app.deps, { id: callId, roomName: room });
  media.connect(room, identityOf(alice));
  for (const event of events.splice(0)) await sendWebhook(event);
  expect((await partOf(app, callId, alice))?.state).toBe('connected');
  letAnswer();
  await slow;
  expect((await partOf(app, callId, alice))?.state).toBe('connected');
});
