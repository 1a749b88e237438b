import type { ReceptionEvent } from '@parley/call-protocol';
import type { Kit } from './kit';

type ReceptionOwners = Pick<Kit, 'client' | 'connection' | 'hearing' | 'self' | 'state'>;

/**
 * Takes an event about how voices are received in the call of this tab: keeps a report, and answers a question.
 * Only the tab that is in the call has something to measure.
 */
export function receiveReception(kit: ReceptionOwners, event: ReceptionEvent): void {
  if (kit.state.get().entry?.callId !== event.callId || event.userId === kit.self.id) return;
  if ('asks' in event) void answer(kit, event.callId, event.userId).catch(() => {});
  else kit.hearing.take(event.userId, event);
}

async function answer(
  { client, connection }: ReceptionOwners,
  callId: string,
  userId: string,
): Promise<void> {
  const room = connection.current();
  if (room?.state().connection !== 'connected') return;
  const { lossPercents, roundTripMs } = await room.measureVoices();
  const reception = { lossPercent: lossPercents.get(userId) ?? null, roundTripMs };
  await client.reportReception?.(callId, userId, reception);
}
