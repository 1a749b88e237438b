import 'server-only';
import { eq, lt } from 'drizzle-orm';
import { calls, webhookDeliveries } from '@/db/schema';
import type { Tx } from '@/db/store';
import type { CallDeps } from '@/lib/deps';
import type { MediaEvent, MediaParticipant } from '@/lib/media/media-server';
import { type Call, isEntitled, participationOf } from '../model/call';
import type { Trigger } from '../model/trigger';
import { loadCall } from '../reads/load-call';
import { recordWebhook } from '../record-story';
import { inOneUnit } from '../unit-of-work';

/** A webhook's signature lives 5 minutes, with a minute of tolerance either way. */
const replayWindowMs = 10 * 60_000;

/**
 * Takes LiveKit's word as a hint: each delivery counts once, and what it says is checked against
 * LiveKit's own list before anything changes. Unknown rooms and repeats change nothing. The delivery is
 * recorded in the transaction of its effect, so that one that failed half-way is no repeat when it comes again.
 * @throws MediaUnavailable when LiveKit failed: then it delivers again
 */
export async function handleMediaEvent(deps: CallDeps, event: MediaEvent): Promise<void> {
  const { participant } = event;
  if (event.type === 'other' || !participant) return;
  const [row] = await deps.db.select({ id: calls.id }).from(calls).where(eq(calls.roomName, event.room));
  if (!row) return;
  const present = await deps.media.listParticipants(event.room);
  // Read after the list: every participant in it entered before it was made.
  const call = await loadCall(deps.db, row.id);
  if (!call) return;
  const verdict = await judge(deps, call, { ...event, participant }, present);
  // Harmless when repeated, and first: a removal that fails is delivered again.
  if (verdict.remove) await deps.mediaWork.removeParticipant(event.room, verdict.remove.identity);
  const touches = { calls: [call.id], people: [participant.identity.userId] };
  await inOneUnit(deps, touches, async ({ tx, apply }) => {
    const isNew = await recordDelivery(deps, tx, event.id);
    const change = isNew && verdict.trigger ? await apply(call.id, verdict.trigger, 'webhook') : null;
    if (change?.outcome === 'changed') return;
    const webhook = { callId: call.id, userId: participant.identity.userId, type: event.type };
    await recordWebhook(deps, tx, webhook, isNew ? verdict.ifUnchanged : 'a repeat');
  });
}

/** False for a delivery that has had its effect. */
async function recordDelivery({ clock }: CallDeps, tx: Tx, id: string): Promise<boolean> {
  const now = clock.now();
  await tx.delete(webhookDeliveries).where(lt(webhookDeliveries.receivedAt, now - replayWindowMs));
  const added = await tx
    .insert(webhookDeliveries)
    .values({ id, receivedAt: now })
    .onConflictDoNothing()
    .returning({ id: webhookDeliveries.id });
  return added.length > 0;
}

type Hint = MediaEvent & { participant: MediaParticipant };
/** What follows from a hint, and what the call's story says when nothing did. */
type Verdict = { trigger: Trigger | null; remove: MediaParticipant | null; ifUnchanged: string };

/** What the hint and LiveKit's list say together. */
async function judge(
  deps: CallDeps,
  call: Call,
  { type, participant }: Hint,
  present: MediaParticipant[],
): Promise<Verdict> {
  const { userId, clientId } = participant.identity;
  const found = present.find((one) => isSame(one, participant));
  deps.log.debug({ callId: call.id, type, userId, isPresent: found !== undefined }, 'webhook');
  if (found && !isEntitled(call, userId, clientId))
    return { trigger: null, remove: found, ifUnchanged: 'not entitled, removed from the room' };
  if (found) {
    // A clean leave may belong to a reconnect that is already back.
    const ifUnchanged = type === 'participant_left' ? 'is back already' : 'nothing new';
    return { trigger: { type: 'media_joined', userId, clientId, sid: found.sid }, remove: null, ifUnchanged };
  }
  if (type !== 'participant_left') return { trigger: null, remove: null, ifUnchanged: 'gone again' };
  const part = participationOf(call, userId);
  const silentSince = part ? await deps.presence.silentSince(part.signInId) : null;
  const { sid } = participant;
  const trigger: Trigger = { type: 'media_left', noticed: 'webhook', userId, clientId, sid, silentSince };
  return { trigger, remove: null, ifUnchanged: 'nothing new' };
}

function isSame(one: MediaParticipant, other: MediaParticipant): boolean {
  return one.identity.userId === other.identity.userId && one.identity.clientId === other.identity.clientId;
}
