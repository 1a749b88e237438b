import { expect, it } from 'vitest';
import { declineCall } from '@/lib/calls/commands/decline-call';
import { readCall } from '@/lib/calls/reads/read-calls';
import { callIdSchema } from '@/lib/ids';
import { askRoute } from '../support/ask-route';
import { countStatements } from '../support/count-statements';
import { tabOf, twoPeople } from '../support/in-process-call';

async function ringing() {
  const { app, alice, bob, direct } = await twoPeople();
  const body = { conversationId: direct, clientId: tabOf(alice) };
  const { call } = await (await askRoute(app, 'POST /api/calls', alice, { body })).json();
  // What the start has read belongs to its own turn.
  await new Promise((resolve) => setImmediate(resolve));
  return { app, alice, bob, callId: callIdSchema.parse(call.id) };
}

it('who asks for a call in the same turn shares one read and gets their own view', async () => {
  const { app, alice, bob, callId } = await ringing();
  const { reads } = await countStatements(async () => {
    const views = await Promise.all([alice, bob].map(({ userId }) => readCall(app.deps, userId, callId)));
    expect(views.map((view) => view?.myRing !== null)).toEqual([false, true]);
  });
  expect(reads).toHaveLength(4);
});

it('a call that was read before a commit is read again after it, in the same turn too', async () => {
  const { app, bob, callId } = await ringing();
  const early = readCall(app.deps, bob.userId, callId);
  await declineCall(app.deps, bob, { callId, ringId: null });
  expect((await readCall(app.deps, bob.userId, callId))?.status).toBe('ended');
  expect((await early)?.status).toBe('ringing');
});
