import 'server-only';
import { eq, lt } from 'drizzle-orm';
import { calls, webhookDeliveries } from '@/db/schema';
import type { Deps } from '@/lib/deps';
import type { MediaEvent, MediaParticipant } from '@/lib/media/media-server';
import { applyTrigger } from './apply-trigger';
import { type Call, isEntitled, participationOf } from './call';
import { loadCall } from './load-call';
import { tellWebhook } from './tell-story';

/** A webhook's signature lives 5 minutes, with a minute of tolerance either way. */
const replayWindowMs = 10 * 60_000;

/**
 * Takes LiveKit's word as a hint: each delivery counts once, and what it says is checked against
 * LiveKit's own list before anything changes. Unknown rooms and repeats change nothing.
 * Throws MediaUnavailable when the list could not be asked: then LiveKit delivers again.
 */
export async function handleMediaEvent(deps: Deps, event: MediaEvent): Promise<void> {
  if (event.type === 'other' || !event.participant) return;
  const [row] = await deps.db.select({ id: calls.id }).from(calls).where(eq(calls.roomName, event.room));
  if (!row) return;
  const { type, participant } = event;
  const { userId } = participant.identity;
  const present = await deps.media.listParticipants(event.room);
  // Read after the list: whoever is in it entered before it was made.
  const call = await loadCall(deps.db, row.id);
  if (!call) return;
  const isNew = await deps.transaction(async (tx) => {
    const now = deps.clock.now();
    await tx.delete(webhookDeliveries).where(lt(webhookDeliveries.receivedAt, now - replayWindowMs));
    const added = await tx
      .insert(webhookDeliveries)
      .values({ id: event.id, receivedAt: now })
      .onConflictDoNothing()
      .returning({ id: webhookDeliveries.id });
    return added.length > 0;
  });
  const why = isNew ? await follow(deps, call, { ...event, participant }, present) : 'a repeat';
  if (why === null) return;
  await deps.transaction((tx) => tellWebhook(deps, tx, { callId: call.id, userId, type }, why));
}

type Hint = MediaEvent & { participant: MediaParticipant };

/** Does what the hint and LiveKit's list say together; answers why nothing changed, or null. */
async function follow(
  deps: Deps,
  call: Call,
  { room, type, participant }: Hint,
  present: MediaParticipant[],
): Promise<string | null> {
  const { userId, clientId } = participant.identity;
  const here = present.find((one) => isSame(one, participant));
  deps.log.debug({ callId: call.id, type, userId, isHere: here !== undefined }, 'webhook');
  if (here && !isEntitled(call, userId, clientId)) {
    await deps.media.removeParticipant(room, here.identity);
    return 'not entitled, removed from the room';
  }
  // A clean leave may belong to a reconnect that is already back: then the person is here.
  if (!here && type !== 'participant_left') return 'gone again';
  const part = participationOf(call, userId);
  const { outcome } = await applyTrigger(
    deps,
    call.id,
    here
      ? { type: 'media_joined', userId, clientId, sid: here.sid }
      : {
          type: 'media_left',
          userId,
          clientId,
          sid: participant.sid,
          silentSince: part ? deps.realtime.silentSince(part.signInId) : null,
        },
    'webhook',
  );
  if (outcome === 'changed') return null;
  return here && type === 'participant_left' ? 'is back already' : 'nothing new';
}

function isSame(one: MediaParticipant, other: MediaParticipant): boolean {
  return one.identity.userId === other.identity.userId && one.identity.clientId === other.identity.clientId;
}
