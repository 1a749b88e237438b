import { onTestFinished } from 'vitest';
import { confirmInSilence, reachByPush } from '@/lib/calls/commands/confirm-ring';
import { startCall } from '@/lib/calls/commands/start-call';
import { loadCall } from '@/lib/calls/reads/load-call';
import { type CallId, type ConversationId, callIdSchema } from '@/lib/ids';
import { startPushSender } from '@/lib/push/push-sender';
import { saveDevice } from '@/lib/push/save-device';
import type { Viewer } from '@/lib/viewer';
import { otherDevice, tabOf, twoPeople } from './in-process-call';
import type { TestApp } from './make-test-deps';
import { openPushService } from './push-stub';

/** A push service that ends with the test. */
export async function startPushService() {
  const service = await openPushService();
  onTestFinished(service.close);
  return service;
}

/** Sends what the outbox holds, as the running app does. */
export function startSender({ deps }: Pick<TestApp, 'deps'>, options: { timeoutMs?: number } = {}) {
  const sender = startPushSender(deps, {
    ...options,
    onTaken: (callId, userId) => reachByPush(deps, callId, userId),
    onWithheld: (callId, userId) => confirmInSilence(deps, callId, userId),
  });
  onTestFinished(() => sender.stop());
  return sender;
}

/** Alice, and Bob with a phone and a laptop that are rung through a push service; none of his windows is open. */
export async function bobsDevices() {
  const service = await startPushService();
  const world = await twoPeople({ PARLEY_TEST_PUSH_SERVICE: service.origin });
  const { app, bob } = world;
  const phone = await otherDevice(app, bob);
  const laptop = await otherDevice(app, bob);
  const phoneId = await subscribe(app, phone, service.subscribe('phone'));
  // The older of the two.
  app.clock.advance(1);
  const laptopId = await subscribe(app, laptop, service.subscribe('laptop'));
  const sender = startSender(app);
  return { ...world, service, phone, laptop, phoneId, laptopId, sender };
}

/** Saves a browser's subscription as Settings does. */
export async function subscribe(
  app: TestApp,
  viewer: Viewer,
  subscription: { endpoint: string; keys: { p256dh: string; auth: string } },
) {
  const { publicKey } = await app.deps.pushKeys();
  return saveDevice(app.deps, viewer, { ...subscription, serverKey: publicKey, name: '' });
}

/** A call of this person's to a conversation. */
export async function call(app: TestApp, caller: Viewer, conversationId: ConversationId): Promise<CallId> {
  const started = await startCall(app.deps, caller, {
    target: { conversationId },
    requestId: null,
    clientId: tabOf(caller),
    switchFrom: null,
  });
  return callIdSchema.parse(started.call.id);
}

/** This person's newest ring in a call. */
export async function ringOf(app: TestApp, callId: CallId, { userId }: Viewer) {
  const loaded = await loadCall(app.deps.db, callId);
  const ring = loaded?.rings.filter((one) => one.userId === userId).at(-1);
  if (!ring) throw new Error('no ring of this person');
  return ring;
}
