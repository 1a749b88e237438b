import { expect, it } from 'vitest';
import { ringAgain, stopRing } from '@/lib/calls/commands/ring-again';
import { startCall } from '@/lib/calls/commands/start-call';
import { loadCall } from '@/lib/calls/reads/load-call';
import { callIdSchema } from '@/lib/ids';
import { tabOf, twoPeople } from '../support/in-process-call';
import type { TestApp } from '../support/make-test-deps';

/** Bob's browser connects after presence was asked and before the ring is committed. */
function connectsInBetween(app: TestApp, bob: Parameters<TestApp['online']['add']>[0]) {
  const { presence } = app.deps;
  app.deps.presence = {
    ...presence,
    online: async (userIds) => {
      const found = await presence.online(userIds);
      app.online.add(bob);
      return found;
    },
  };
}

const start = async ({ app, alice, direct }: Awaited<ReturnType<typeof twoPeople>>) => {
  const request = { target: { conversationId: direct }, requestId: null, switchFrom: null };
  const { call } = await startCall(app.deps, alice, { ...request, clientId: tabOf(alice) });
  return callIdSchema.parse(call.id);
};

it('a start reaches a callee whose browser connects while the start is written', async () => {
  const world = await twoPeople();
  connectsInBetween(world.app, world.bob.userId);
  const callId = await start(world);
  expect((await loadCall(world.app.deps.db, callId))?.rings).toMatchObject([{ isReached: true }]);
});

it('… and so does ringing again', async () => {
  const world = await twoPeople();
  const { app, alice, bob } = world;
  const carol = await app.makeUser('Carol');
  const group = await app.makeConversation('group', [alice, bob, carol]);
  const callId = await start({ ...world, direct: group });
  app.clock.advance(1000);
  connectsInBetween(app, bob.userId);
  const { rings } = (await loadCall(app.deps.db, callId)) ?? { rings: [] };
  expect(rings.find(({ userId }) => userId === bob.userId)?.isReached).toBe(false);
  await stopRing(app.deps, alice, { callId, userId: bob.userId });
  await ringAgain(app.deps, alice, { callId, userId: bob.userId });
  const after = await loadCall(app.deps.db, callId);
  expect(after?.rings.findLast(({ userId }) => userId === bob.userId)).toMatchObject({
    state: 'ringing',
    isReached: true,
  });
});
