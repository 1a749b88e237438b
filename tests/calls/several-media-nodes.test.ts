import { expect, it } from 'vitest';
import { enterCall } from '@/lib/calls/commands/enter-call';
import { reconcileCalls } from '@/lib/calls/jobs/reconcile-calls';
import { loadCall } from '@/lib/calls/reads/load-call';
import { MediaUnavailable } from '@/lib/media/media-server';
import { identityOf, storyOf, tabOf, twoTalking } from '../support/in-process-call';

/** Two people talk; LiveKit's nodes share a Redis. */
async function talkingOnNodes() {
  const world = await twoTalking();
  const { app, room, callId } = world;
  app.deps.mediaNodes = 'several';
  const { media } = app.deps;
  return {
    ...world,
    /** The list of rooms is empty, although the room is there with everyone in it. */
    hideRooms() {
      app.deps.media = { ...media, findRooms: async () => [], listRooms: async () => [] };
    },
    showRooms() {
      app.deps.media = media;
    },
    /** A look at LiveKit so much later; whether it made the room again. */
    async look(laterMs: number) {
      app.clock.advance(laterMs);
      const before = app.media.calls.length;
      await reconcileCalls(app.deps);
      return app.media.calls
        .slice(before)
        .some(({ method, args }) => method === 'createRoom' && args[0] === room);
    },
    stateNow: async () => ({ story: await storyOf(app), call: await loadCall(app.deps.db, callId) }),
  };
}

it('a room that LiveKit’s list lacks is made again when two looks 10 s apart lack it, and nothing changes before', async () => {
  const { look, hideRooms, stateNow } = await talkingOnNodes();
  const before = await stateNow();
  hideRooms();
  expect([await look(0), await look(4000), await look(4000)]).toEqual([false, false, false]);
  expect(await stateNow()).toEqual(before);
  expect(await look(4000)).toBe(true);
});

it('a room that is listed again in between is made again only after another 10 s', async () => {
  const { look, hideRooms, showRooms } = await talkingOnNodes();
  hideRooms();
  expect([await look(0), await look(8000)]).toEqual([false, false]);
  showRooms();
  await look(1000);
  hideRooms();
  expect([await look(1000), await look(8000), await look(4000)]).toEqual([false, false, true]);
});

it('what one look saw a minute ago does not count', async () => {
  const { look, hideRooms } = await talkingOnNodes();
  hideRooms();
  expect([await look(0), await look(60_000)]).toEqual([false, false]);
});

it('a client that enters again makes no second room either', async () => {
  const { app, alice, callId, hideRooms } = await talkingOnNodes();
  hideRooms();
  const before = app.media.calls.length;
  await enterCall(app.deps, alice, { callId, clientId: tabOf(alice), switchFrom: null });
  expect(app.media.calls.slice(before).map(({ method }) => method)).not.toContain('createRoom');
});

it('a list of the dead node, which still holds old connections, changes nothing; new ones are a return', async () => {
  const { app, alice, bob, room, callId, look, stateNow } = await talkingOnNodes();
  const changes = async () => {
    const { story, call } = await stateNow();
    return [story.triggers, call?.participations];
  };
  const before = await changes();
  await look(4000);
  await look(4000);
  expect(await changes()).toEqual(before);
  const sids = [alice, bob].map((who) => app.media.connect(room, identityOf(who)));
  await look(1000);
  const parts = (await loadCall(app.deps.db, callId))?.participations ?? [];
  const sidOf = new Map(
    parts.map((part) => [part.userId, part.state === 'connected' ? part.mediaSid : null]),
  );
  expect([alice, bob].map(({ userId }) => sidOf.get(userId))).toEqual(sids);
});

it.each([
  ['several', null],
  ['one', expect.any(Number)],
] as const)(
  'with %s LiveKit nodes that respond without a list the call counts as without media: %s',
  async (nodes, lostAt) => {
    const { app, callId, look } = await talkingOnNodes();
    app.deps.mediaNodes = nodes;
    const fail = () => Promise.reject(new MediaUnavailable());
    app.deps.media = { ...app.deps.media, findRooms: fail, listRooms: fail };
    await look(0);
    expect((await loadCall(app.deps.db, callId))?.mediaLostAt).toEqual(lostAt);
  },
);

it('nodes that do not respond at all are away: the call is marked, and ends in time', async () => {
  const { app, callId, look } = await talkingOnNodes();
  app.media.goDown();
  await look(0);
  expect((await loadCall(app.deps.db, callId))?.mediaLostAt).toEqual(expect.any(Number));
});
