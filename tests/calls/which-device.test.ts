import { expect, it } from 'vitest';
import { expireRings } from '@/lib/calls/jobs/expire-rings';
import { loadCall } from '@/lib/calls/reads/load-call';
import { readLiveCalls } from '@/lib/calls/reads/read-calls';
import { type CallId, callIdSchema } from '@/lib/ids';
import { routes } from '@/lib/routes/registry';
import type { Viewer } from '@/lib/viewer';
import {
  identityOf,
  otherDevice,
  sendWebhook,
  tabOf,
  twoPeople,
  twoTalking,
} from '../support/in-process-call';
import { ask, type TestApp } from '../support/make-test-deps';

const acceptRoute = routes['POST /api/calls/[callId]/accept'];
const leaveRoute = routes['POST /api/calls/[callId]/leave'];
const moveRoute = routes['POST /api/calls/[callId]/move'];
const startRoute = routes['POST /api/calls'];
const signOutRoute = routes['POST /api/me/sign-out'];

async function startsRinging(app: TestApp, by: Viewer, conversationId: string): Promise<CallId> {
  const answer = await ask(app, startRoute, by, { body: { conversationId, clientId: tabOf(by) } });
  return callIdSchema.parse((await answer.json()).call.id);
}

const partOf = async (app: TestApp, callId: CallId, { userId }: Viewer) =>
  (await loadCall(app.deps.db, callId))?.participations.find((part) => part.userId === userId);

it('requests that name no tab are one client per sign-in: its repeat is answered, another’s is refused', async () => {
  const { app, alice, bob, direct } = await twoPeople();
  const phone = await otherDevice(app, bob);
  const params = { callId: await startsRinging(app, alice, direct) };
  const accept = (who: Viewer) => ask(app, acceptRoute, who, { params, body: {} });
  expect((await accept(bob)).status).toBe(200);
  const again = await accept(bob);
  expect(again.status).toBe(200);
  expect((await again.json()).media.token).toEqual(expect.any(String));
  const elsewhere = await accept(phone);
  expect([elsewhere.status, (await elsewhere.json()).code]).toEqual([409, 'answered_elsewhere']);
  // Nor does the other sign-in leave for it.
  expect((await ask(app, leaveRoute, phone, { params, body: {} })).status).toBe(200);
  expect((await partOf(app, params.callId, bob))?.state).toBe('connecting');
});

it('a call can be moved during the rejoin time: the countdown ends, and the new device holds it', async () => {
  const { app, alice, bob, callId, room, events } = await twoTalking();
  const phone = await otherDevice(app, bob);
  app.media.disconnect(room, identityOf(bob));
  for (const event of events.splice(0)) await sendWebhook(event);
  expect(await partOf(app, callId, bob)).toMatchObject({
    state: 'rejoining',
    deadlineAt: app.clock.now() + 15_000,
  });
  app.clock.advance(14_000);
  const moved = await ask(app, moveRoute, phone, { params: { callId }, body: { clientId: tabOf(bob, 2) } });
  expect(moved.status).toBe(200);
  expect(await partOf(app, callId, bob)).toMatchObject({
    state: 'connecting',
    clientId: tabOf(bob, 2),
    signInId: phone.signInId,
  });
  app.media.connectWith((await moved.json()).media.token);
  for (const event of events.splice(0)) await sendWebhook(event);
  app.clock.advance(60_000);
  await expireRings(app.deps);
  expect((await loadCall(app.deps.db, callId))?.status).toBe('active');
  expect((await readLiveCalls(app.deps, alice.userId))[0]?.people).toContainEqual(
    expect.objectContaining({
      user: expect.objectContaining({ id: bob.userId }),
      participation: { state: 'joined', isConnecting: false, rejoinMsLeft: null, handPlace: null },
    }),
  );
});

it('a move during the rejoin time to a device that never connects ends the call after all', async () => {
  const { app, bob, callId, room, events } = await twoTalking();
  app.media.disconnect(room, identityOf(bob));
  for (const event of events.splice(0)) await sendWebhook(event);
  await ask(app, moveRoute, bob, { params: { callId }, body: { clientId: tabOf(bob, 2) } });
  app.clock.advance(15_000);
  await expireRings(app.deps);
  expect(await loadCall(app.deps.db, callId)).toMatchObject({ status: 'ended', endReason: 'completed' });
});

it('signing out on one device mid-ring stops no ring: it goes on on the other, and is answered there', async () => {
  const { app, alice, bob, direct } = await twoPeople();
  const phone = await otherDevice(app, bob);
  const callId = await startsRinging(app, alice, direct);
  app.clock.advance(10_000);
  expect((await ask(app, signOutRoute, bob, { method: 'POST' })).status).toBe(204);
  const [view] = await readLiveCalls(app.deps, bob.userId);
  expect(view).toMatchObject({ status: 'ringing', myRing: { msLeft: 50_000, isQuiet: false } });
  const params = { callId };
  expect((await ask(app, acceptRoute, bob, { params, body: {} })).status).toBe(401);
  const body = { clientId: tabOf(bob, 2) };
  expect((await ask(app, acceptRoute, phone, { params, body })).status).toBe(200);
});
