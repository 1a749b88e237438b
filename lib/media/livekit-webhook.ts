import 'server-only';
import { WebhookReceiver } from 'livekit-server-sdk';
import { AppError } from '@/lib/errors';
import { type MediaEvent, parseIdentity } from './media-server';

/** Bytes; a genuine webhook has a few hundred. The route answers 413 beyond. */
export const webhookBodyLimit = 64 * 1024;

/** LiveKit's clock may differ from ours by this much. */
const clockToleranceSeconds = 60;

/** Somebody whose media never came up is aborted instead of leaving: to us the same. */
const types = new Map<string, MediaEvent['type']>([
  ['participant_joined', 'participant_joined'],
  ['participant_left', 'participant_left'],
  ['participant_connection_aborted', 'participant_left'],
]);

/**
 * Makes the reader of LiveKit's webhooks. It takes the body exactly as received, because the
 * signature covers its bytes, and the bare `Authorization` header. Throws
 * `AppError('unauthenticated')` unless LiveKit signed exactly this body within the last minutes.
 */
export function makeWebhookReader({ apiKey, apiSecret }: { apiKey: string; apiSecret: string }) {
  const receiver = new WebhookReceiver(apiKey, apiSecret);

  return async (rawBody: string, authorization: string | null): Promise<MediaEvent> => {
    const event = await receiver
      .receive(rawBody, authorization ?? '', false, clockToleranceSeconds)
      .catch(() => {
        throw new AppError('unauthenticated', 'This is not a signed message of our LiveKit server');
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
