import { object } from '@parley/call-protocol';
import { z } from 'zod/mini';
import { nothing, request } from '../_store/api';
import { pushAbility } from './push-ability';
import { isOwnPush, keepPushOwner } from './push-owner';

const device = object({
  id: z.string(),
  name: z.string(),
  isThis: z.boolean(),
  createdAt: z.number(),
  isRefused: z.boolean(),
  showsText: z.boolean(),
});
const overview = object({
  serverKey: z.string(),
  devices: z.array(device),
  /** The worker's sentences in the reader's language, by what they are for. */
  fallback: z.record(z.string(), z.string()),
});
export type PushDevice = z.infer<typeof device>;
type Overview = z.infer<typeof overview>;

const workerAddress = '/service-worker.js';

/** The viewer's devices, this one among them. */
export async function readPush(): Promise<Overview> {
  return request('GET', '/api/push', overview);
}

/**
 * Subscribes this browser; must be called from a click, because it asks for the permission.
 *
 * @returns false when the person does not permit notifications
 */
export async function turnPushOn(myId: string): Promise<boolean> {
  if ((await Notification.requestPermission()) !== 'granted') return false;
  await subscribe(await navigator.serviceWorker.register(workerAddress));
  keepPushOwner(myId);
  return true;
}

/** Stops the calls of this browser, or of another device of the viewer's. */
export async function turnPushOff({ id, isThis }: Pick<PushDevice, 'id' | 'isThis'>): Promise<void> {
  await request('DELETE', `/api/push/devices/${encodeURIComponent(id)}`, nothing);
  if (isThis) await unsubscribe();
}

/** Whether notifications of messages show on this device what they say. */
export async function setPushText(id: string, showsText: boolean): Promise<void> {
  await request('PATCH', `/api/push/devices/${encodeURIComponent(id)}`, nothing, { showsText });
}

export async function sendPushTest(id: string): Promise<void> {
  await request('POST', `/api/push/devices/${encodeURIComponent(id)}/test`, nothing);
}

/** Ends this browser's subscription, also one that an earlier person made; when the person signs out. */
export async function unsubscribe(): Promise<void> {
  keepPushOwner(null);
  const registration = await registered();
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}

/**
 * With each page that is loaded: brings the worker the reader's words, subscribes again where the server has forgotten
 * this browser, and ends what another person left.
 */
export async function refreshPush(myId: string): Promise<void> {
  const registration = await registered();
  const subscription = await registration?.pushManager.getSubscription();
  if (!registration || !subscription) return;
  if (!isOwnPush(myId)) {
    await unsubscribe();
    return;
  }
  const { devices, fallback } = await readPush();
  registration.active?.postMessage({ type: 'parley-words', fallback });
  if (!devices.some(({ isThis }) => isThis)) await subscribe(registration);
}

/** Without asking for anything: what is not registered stays so. */
async function registered(): Promise<ServiceWorkerRegistration | undefined> {
  return pushAbility() === 'possible' ? navigator.serviceWorker.getRegistration() : undefined;
}

async function subscribe(registration: ServiceWorkerRegistration): Promise<void> {
  const { serverKey, fallback } = await readPush();
  const old = await registration.pushManager.getSubscription();
  // A browser keeps its first key, which may be that of an earlier server.
  if (old && keyOf(old) !== serverKey) await old.unsubscribe();
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: serverKey,
  });
  const { endpoint, keys } = subscription.toJSON();
  await request('PUT', '/api/push', nothing, { endpoint, keys, serverKey });
  (await navigator.serviceWorker.ready).active?.postMessage({ type: 'parley-words', fallback });
}

function keyOf({ options }: PushSubscription): string {
  const bytes = new Uint8Array(options.applicationServerKey ?? new ArrayBuffer(0));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}
