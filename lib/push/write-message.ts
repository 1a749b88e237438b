import 'server-only';
import webpush from 'web-push';
import type { Push } from './claim-pushes';
import type { Message } from './dial';
import type { PushKeys } from './push-keys';

/** Every message has this size, so that its length says nothing to a push service. */
export const payloadBytes = 256;

/**
 * What a device receives: nothing but which ring it is about. The worker asks Parley what to show, so that no name passes
 * through a push service, and what has changed meanwhile is shown as it is.
 */
export type Payload = {
  v: 1;
  kind: Push['kind'];
  /** The call, or the conversation of messages, which notifications are grouped by. */
  about: string;
  ringId: string | null;
  /** Milliseconds since 1970, by this server's clock. */
  expiresAt: number;
};

/**
 * Encrypts a message for its device (RFC 8291) and signs it (RFC 8292).
 *
 * @param now milliseconds of `clock.now()`
 * @param wallNow the same moment by the wall clock
 */
export function writeMessage(keys: PushKeys, push: Push, now: number, wallNow: number): Message {
  const msLeft = push.expiresAt - now;
  const { kind, about, ringId } = push;
  const payload: Payload = { v: 1, kind, about, ringId, expiresAt: wallNow + msLeft };
  const { endpoint, headers, body } = webpush.generateRequestDetails(
    { endpoint: push.endpoint, keys: { p256dh: push.p256dh, auth: push.auth } },
    JSON.stringify(payload).padEnd(payloadBytes),
    {
      vapidDetails: { subject: keys.subject, publicKey: keys.publicKey, privateKey: keys.privateKey },
      contentEncoding: 'aes128gcm',
      // Not rounded up: what arrives after the ring is worth nothing.
      TTL: Math.max(0, Math.floor(msLeft / 1000)),
      urgency: push.kind === 'message' ? 'normal' : 'high',
      topic: keys.topicOf(about, push.deviceId),
    },
  );
  return { endpoint, headers: headersOf(headers), body };
}

function headersOf(headers: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
