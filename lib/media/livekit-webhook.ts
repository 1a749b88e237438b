import 'server-only';
import { createHash } from 'node:crypto';
import { jwtVerify } from 'jose';
import { WebhookReceiver } from 'livekit-server-sdk';
import { AppError } from '@/lib/errors';
import { type MediaEvent, parseIdentity } from './media-server';

/** Bytes; a genuine webhook has a few hundred. The route responds with 413 beyond. */
export const webhookBodyLimit = 64 * 1024;

/** What the measured difference of the two clocks may be wrong by. */
const clockToleranceSeconds = 60;

/** LiveKit aborts a participant whose media never connected; it counts as a leave. */
const types = new Map<string, MediaEvent['type']>([
  ['participant_joined', 'participant_joined'],
  ['participant_left', 'participant_left'],
  ['participant_connection_aborted', 'participant_left'],
]);

/**
 * Makes the reader of LiveKit's webhooks. It takes the body exactly as received, because the
 * signature covers its bytes, and the bare `Authorization` header. Throws
 * `AppError('unauthenticated')` unless LiveKit signed exactly this body within the last minutes.
 * @param livekitNow LiveKit's wall-clock time, in milliseconds since 1970
 */
export function makeWebhookReader({
  apiKey,
  apiSecret,
  livekitNow = Date.now,
}: {
  apiKey: string;
  apiSecret: string;
  livekitNow?: () => number;
}) {
  const receiver = new WebhookReceiver(apiKey, apiSecret);
  const secret = new TextEncoder().encode(apiSecret);

  async function verify(rawBody: string, authorization: string): Promise<void> {
    const { payload } = await jwtVerify(authorization, secret, {
      issuer: apiKey,
      algorithms: ['HS256'],
      requiredClaims: ['exp'],
      clockTolerance: clockToleranceSeconds,
      currentDate: new Date(livekitNow()),
    });
    const hash = createHash('sha256').update(rawBody).digest('base64');
    if (payload.sha256 !== hash) throw new Error('the signature belongs to another body');
  }

  return async (rawBody: string, authorization: string | null): Promise<MediaEvent> => {
    const event = await verify(rawBody, authorization ?? '')
      // Only parsed here: the receiver would verify by our clock.
      .then(() => receiver.receive(rawBody, undefined, true))
      .catch(() => {
        throw new AppError('unauthenticated', 'server.notSigned');
      });
    const identity = event.participant ? parseIdentity(event.participant.identity) : null;
    return {
      id: event.id,
      type: types.get(event.event) ?? 'other',
      room: event.room?.name ?? '',
      participant: identity && event.participant ? { identity, sid: event.participant.sid } : null,
    };
  };
}

export type WebhookReader = ReturnType<typeof makeWebhookReader>;
