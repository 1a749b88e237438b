import 'server-only';
import { createECDH, createHmac, randomBytes } from 'node:crypto';
import { ne } from 'drizzle-orm';
import { lockRows } from '@/db/lock-rows';
import { pushDevices, pushKeys } from '@/db/schema';
import type { Store } from '@/db/store';
import type { Env } from '@/lib/env';
import type { DeviceId } from '@/lib/ids';

/** What this community's messages to push services are signed with (VAPID, RFC 8292). */
export type PushKeys = {
  /** Browsers subscribe with it: an uncompressed P-256 point, base64url. */
  publicKey: string;
  privateKey: string;
  /** How a push service reaches the operator. */
  subject: string;
  /** The topic of messages about one thing to one device: 32 characters that mean nothing to the push service. */
  topicOf(about: string, deviceId: DeviceId): string;
};

type Settings = Pick<Env, 'PARLEY_URL' | 'PARLEY_VAPID_PRIVATE_KEY' | 'PARLEY_VAPID_SUBJECT'>;

/** RFC 8030, 5.4: at most 32 characters of base64url. */
const topicCharacters = 32;

/**
 * Returns the keys, which are made once and kept in the database; an operator's own private key goes before the kept one.
 * Devices that subscribed with another key are forgotten: their push services would take nothing from us. Their browsers
 * subscribe again when Parley is opened there.
 */
export async function loadPushKeys(deps: Pick<Store, 'transaction'> & { env: Settings }): Promise<PushKeys> {
  const { env } = deps;
  return deps.transaction(async (tx) => {
    await lockRows(tx, { community: true });
    const fresh = { id: 1, privateKey: newPrivateKey(), topicSecret: randomBytes(32).toString('base64url') };
    await tx.insert(pushKeys).values(fresh).onConflictDoNothing();
    const [kept = fresh] = await tx.select().from(pushKeys);
    const privateKey = env.PARLEY_VAPID_PRIVATE_KEY ?? kept.privateKey;
    const publicKey = publicKeyOf(privateKey);
    await tx.delete(pushDevices).where(ne(pushDevices.serverKey, publicKey));
    return {
      publicKey,
      privateKey,
      // The demo has no address that a push service could use.
      subject: env.PARLEY_VAPID_SUBJECT ?? env.PARLEY_URL ?? 'https://demo.invalid',
      topicOf: (about, deviceId) =>
        createHmac('sha256', kept.topicSecret)
          .update(`${about} ${deviceId}`)
          .digest('base64url')
          .slice(0, topicCharacters),
    };
  });
}

function newPrivateKey(): string {
  const key = createECDH('prime256v1');
  key.generateKeys();
  // Node leaves leading zeros out.
  return Buffer.concat([Buffer.alloc(32), key.getPrivateKey()])
    .subarray(-32)
    .toString('base64url');
}

function publicKeyOf(privateKey: string): string {
  const key = createECDH('prime256v1');
  key.setPrivateKey(Buffer.from(privateKey, 'base64url'));
  return key.getPublicKey('base64url');
}
