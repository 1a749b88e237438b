import { expect, it } from 'vitest';
import { leaveCall } from '@/lib/calls/commands/leave-call';
import { startCall } from '@/lib/calls/commands/start-call';
import { loadCall } from '@/lib/calls/reads/load-call';
import { countMutation } from '@/lib/http/rate-limit';
import { type ConversationId, callIdSchema } from '@/lib/ids';
import { routes } from '@/lib/routes/registry';
import type { Viewer } from '@/lib/viewer';
import { tabOf, twoPeople, twoTalking } from '../support/in-process-call';
import { ask, type TestApp } from '../support/make-test-deps';

const declineRoute = routes['POST /api/calls/[callId]/decline'];
const leaveRoute = routes['POST /api/calls/[callId]/leave'];
const readRoute = routes['PUT /api/conversations/[conversationId]/read'];

async function ringOnce(app: TestApp, who: Viewer, conversationId: ConversationId) {
  const request = { target: { conversationId }, requestId: null, clientId: tabOf(who), switchFrom: null };
  const { call } = await startCall(app.deps, who, request);
  await leaveCall(app.deps, who, { callId: callIdSchema.parse(call.id), clientId: tabOf(who) });
  return call;
}

it('a fourth ring to one person says how long to wait, and after that wait it rings', async () => {
  const { app, alice, direct } = await twoPeople();
  const carol = await app.makeUser('Carol');
  const other = await app.makeConversation('direct', [alice, carol]);
  await ringOnce(app, alice, other);
  app.clock.advance(20_000);
  for (let ring = 0; ring < 3; ring += 1) {
    await ringOnce(app, alice, direct);
    app.clock.advance(10_000);
  }
  const refused = ringOnce(app, alice, direct);
  await expect(refused).rejects.toMatchObject({ code: 'rate_limited', extra: { retryAfterSeconds: 30 } });
  await ringOnce(app, alice, other);
  app.clock.advance(30_000);
  await ringOnce(app, alice, direct);
});

it('the eleventh start within a minute is refused for a while; a start in a group of twelve counts once', async () => {
  const { app, alice, bob, direct } = await twoPeople();
  const others = [];
  for (let number = 0; number < 11; number += 1) others.push(await app.makeUser(`Person${number}`));
  const group = await app.makeConversation('group', [alice, bob, ...others]);
  await ringOnce(app, alice, group);
  for (const other of others.slice(0, 9)) {
    await ringOnce(app, alice, await app.makeConversation('direct', [alice, other]));
    app.clock.advance(1000);
  }
  await expect(ringOnce(app, alice, direct)).rejects.toMatchObject({ code: 'rate_limited' });
});

it('a group start skips a callee who was rung three times, and rings the others', async () => {
  const { app, alice, bob, direct } = await twoPeople();
  const carol = await app.makeUser('Carol');
  const group = await app.makeConversation('group', [alice, bob, carol]);
  for (let ring = 0; ring < 3; ring += 1) await ringOnce(app, alice, direct);
  const { people } = await ringOnce(app, alice, group);
  const rings = Object.fromEntries(people.map(({ user, ring }) => [user.id, ring?.state ?? null]));
  expect(rings).toMatchObject({ [carol.userId]: 'ringing', [bob.userId]: null });
});

it('leaving and declining are never refused, however many changes a user has just made', async () => {
  const { app, alice, bob, callId, direct } = await twoTalking();
  const ofDirect = { conversationId: direct };
  const spend = async () => {
    for (;;) await countMutation(app.deps, alice.userId);
  };
  await expect(spend()).rejects.toMatchObject({ code: 'rate_limited' });
  const read = await ask(app, readRoute, alice, { method: 'PUT', params: ofDirect, body: { seq: 0 } });
  expect(read.status).toBe(429);
  const params = { callId };
  expect((await ask(app, declineRoute, alice, { params, body: {} })).status).toBe(200);
  expect((await ask(app, leaveRoute, alice, { params, body: { clientId: tabOf(alice) } })).status).toBe(200);
  expect((await loadCall(app.deps.db, callId))?.status).toBe('ended');
  expect((await ask(app, leaveRoute, bob, { params, body: { clientId: tabOf(bob) } })).status).toBe(200);
});
