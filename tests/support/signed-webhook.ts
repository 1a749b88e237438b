import { createHash, createHmac } from 'node:crypto';
import { formatIdentity, type MediaEvent } from '@/lib/media/media-server';

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** What LiveKit would send for this event. */
export function webhookBody({ id, type, room, participant }: MediaEvent): string {
  return JSON.stringify({
    event: type,
    room: { sid: 'RM_1', name: room },
    ...(participant && {
      participant: { sid: participant.sid, identity: formatIdentity(participant.identity) },
    }),
    id,
    createdAt: String(Math.floor(Date.now() / 1000)),
  });
}

/** The `Authorization` header for it, each part of which can be made wrong. */
export function signWebhook(
  body: string,
  keys: { key: string; secret: string },
  wrong: { claims?: object; header?: object; ageSeconds?: number } = {},
): string {
  const signedAt = Math.floor(Date.now() / 1000) - (wrong.ageSeconds ?? 0);
  const sha256 = createHash('sha256').update(body).digest('base64');
  const head = encode({ alg: 'HS256', typ: 'JWT', ...wrong.header });
  const payload = encode({ iss: keys.key, nbf: signedAt, exp: signedAt + 300, sha256, ...wrong.claims });
  const signature = createHmac('sha256', keys.secret).update(`${head}.${payload}`).digest('base64url');
  return `${head}.${payload}.${signature}`;
}
