import { expect, it } from 'vitest';
import { leaveCall } from '@/lib/calls/commands/leave-call';
import type { BusMessage } from '@/lib/realtime/bus';
import { routes } from '@/lib/routes/registry';
import type { Viewer } from '@/lib/viewer';
import { tabOf, twoTalking } from '../support/in-process-call';
import { ask } from '../support/make-test-deps';

const receptionRoute = routes['POST /api/calls/[callId]/reception'];

async function world() {
  const talking = await twoTalking();
  const { app, callId } = talking;
  const carol = await app.makeUser('Carol');
  const published: BusMessage[] = [];
  app.deps.bus.subscribe((message) => published.push(message));
  const post = (who: Viewer, body: unknown) => ask(app, receptionRoute, who, { params: { callId }, body });
  return { ...talking, carol, published, post };
}

it('a question goes to the others in the call, and the report to the participant that asked, with loss and round trip only', async () => {
  const { alice, bob, callId, published, post } = await world();
  expect((await post(alice, { asks: true })).status).toBe(204);
  const report = { toUserId: alice.userId, lossPercent: 3, roundTripMs: 41, address: '192.0.2.1' };
  expect((await post(bob, report)).status).toBe(204);
  expect(published).toEqual([
    {
      type: 'passing',
      who: [bob.userId],
      event: { type: 'reception', data: { callId, userId: alice.userId, asks: true } },
    },
    {
      type: 'passing',
      who: [alice.userId],
      event: { type: 'reception', data: { callId, userId: bob.userId, lossPercent: 3, roundTripMs: 41 } },
    },
  ]);
});

it('other people receive neither, and nothing passes once the call has ended', async () => {
  const { app, alice, carol, callId, published, post } = await world();
  const report = (toUserId: string) => ({ toUserId, lossPercent: null, roundTripMs: null });
  expect((await post(carol, { asks: true })).status).toBe(404);
  expect((await post(alice, report(carol.userId))).status).toBe(403);
  expect((await post(alice, { ...report(carol.userId), lossPercent: 101 })).status).toBe(400);
  await leaveCall(app.deps, alice, { callId, clientId: tabOf(alice) });
  published.length = 0;
  expect((await post(alice, { asks: true })).status).toBe(409);
  expect(published).toEqual([]);
});
