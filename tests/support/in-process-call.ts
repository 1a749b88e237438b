import { calls, callTriggers, messages, signIns } from '@/db/schema';
import { revokeOtherSignIns, revokeSignIn } from '@/lib/auth/revoke-sign-ins';
import { endSignIns } from '@/lib/calls/commands/end-sign-ins';
import { enterCall } from '@/lib/calls/commands/enter-call';
import { startCall } from '@/lib/calls/commands/start-call';
import { startCallTimers } from '@/lib/calls/jobs/call-timers';
import { loadCall } from '@/lib/calls/reads/load-call';
import { noChange } from '@/lib/calls/record-story';
import { type CallId, type ClientId, callIdSchema, makeId } from '@/lib/ids';
import type { MediaEvent, MediaIdentity } from '@/lib/media/media-server';
import { routes } from '@/lib/routes/registry';
import type { Viewer } from '@/lib/viewer';
import { makeTestApp, ownOrigin, type TestApp, testApiKey, testApiSecret } from './make-test-deps';
import { runRoute } from './run-route';
import { signWebhook, webhookBody } from './signed-webhook';

const webhookRoute = routes['POST /api/livekit/webhook'];

const keys = { key: testApiKey, secret: testApiSecret };

export const tabOf = (viewer: Viewer, number = 1) => `tab-${number}-${viewer.userId.slice(-12)}` as ClientId;
export const identityOf = (viewer: Viewer, number = 1): MediaIdentity => ({
  userId: viewer.userId,
  clientId: tabOf(viewer, number),
});

/** The same person, signed in on another device. */
export async function otherDevice(app: TestApp, person: Viewer): Promise<Viewer> {
  const signInId = makeId('signin');
  await app.deps.transaction(async (tx) => {
    await tx.insert(signIns).values({ id: signInId, userId: person.userId, createdAt: 1 });
  });
  return { ...person, signInId };
}

/** Revokes this sign-in as **Sign out** does. */
export async function signOut(app: TestApp, { userId, signInId }: Viewer): Promise<void> {
  await endSignIns(app.deps, userId, async (tx) => ({
    revoked: await revokeSignIn(tx, app.clock.wallNow(), signInId),
  }));
}

/** Revokes a person's sign-ins but this one as a new password does. */
export async function signOutOthers(app: TestApp, { userId, signInId }: Viewer): Promise<void> {
  await endSignIns(app.deps, userId, async (tx) => ({
    revoked: await revokeOtherSignIns(tx, app.clock.wallNow(), userId, signInId),
  }));
}

/** The first tick of a process that starts with this database. */
export async function startAgain(app: TestApp): Promise<void> {
  const timers = startCallTimers(app.deps);
  await timers.firstTick;
  timers.stop();
}

/** What LiveKit's webhook route answers to this event. */
export async function sendWebhook(event: MediaEvent, wrong?: Parameters<typeof signWebhook>[2]) {
  const body = webhookBody(event);
  const request = new Request(`${ownOrigin}/api/livekit/webhook`, {
    method: 'POST',
    body,
    headers: { authorization: signWebhook(body, keys, wrong), 'content-type': 'application/webhook+json' },
  });
  return runRoute(webhookRoute, request);
}

/** Alice, Bob and their direct conversation; webhooks wait in `events` until a test sends them. */
export async function twoPeople(settings: Record<string, string> = {}) {
  const app = await makeTestApp(settings);
  const alice = await app.makeUser('Alice');
  const bob = await app.makeUser('Bob');
  const direct = await app.makeConversation('direct', [alice, bob]);
  const events: MediaEvent[] = [];
  app.media.onEvent((event) => events.push(event));
  return { app, alice, bob, direct, events };
}

/** The same, talking: both are in the call and in its room, and LiveKit has said so. */
export async function twoTalking(settings: Record<string, string> = {}) {
  const world = await twoPeople(settings);
  const { app, alice, bob, direct, events } = world;
  const { call } = await startCall(app.deps, alice, {
    target: { conversationId: direct },
    requestId: null,
    clientId: tabOf(alice),
    switchFrom: null,
  });
  const callId = callIdSchema.parse(call.id);
  await enterCall(app.deps, bob, { callId, clientId: tabOf(bob), switchFrom: null });
  const room = await roomOf(app, callId);
  app.media.connect(room, identityOf(alice));
  app.media.connect(room, identityOf(bob));
  for (const event of events.splice(0)) await sendWebhook(event);
  return { ...world, callId, room };
}

export async function roomOf(app: TestApp, callId: CallId): Promise<string> {
  const call = await loadCall(app.deps.db, callId);
  if (!call) throw new Error(`${callId} is not there`);
  return call.roomName;
}

/** Everything that a wrong repeat would change. */
export async function storyOf(app: TestApp) {
  const { db } = app.deps;
  return {
    calls: await db.select().from(calls),
    triggers: (await db.select().from(callTriggers)).filter((row) => !row.outcome.startsWith(noChange)),
    entries: (await db.select().from(messages)).filter((message) => message.callId !== null),
  };
}
