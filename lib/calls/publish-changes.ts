import 'server-only';
import { readMemberIds } from '@/lib/conversations/membership';
import type { CallDeps } from '@/lib/deps';
import type { MessageId, UserId } from '@/lib/ids';
import type { MediaIdentity } from '@/lib/media/media-server';
import { admittedTo, type Call, earlyTurnedIn, isEntitled, isUnseen, presenceChanges } from './model/call';

/** A call before and after a trigger; `before` null: it is new. `entryId`: its entry, when that reads differently. */
export type Change = { before: Call | null; after: Call; entryId: MessageId | null };

/**
 * Publishes committed changes to LiveKit and the streams. Resolves when the streams are woken and never waits for
 * LiveKit, so that no answer, deadline or window depends on its speed. Never throws: the change is committed, and
 * what failed is repaired by the next snapshot and the reconciler.
 */
export async function publishChanges(deps: CallDeps, changes: readonly Change[]): Promise<void> {
  // Before anything is awaited: a token for the same tab waits for removals that have begun (MediaWork).
  for (const change of changes) syncMediaServer(deps, change);
  for (const change of changes)
    if (!change.before || !isUnseen(change.before, change.after)) await wakeStreams(deps, change);
}

async function wakeStreams(deps: CallDeps, { before, after, entryId }: Change): Promise<void> {
  const log = deps.log.child({ callId: after.id });
  try {
    const who = new Set<UserId>(await readMemberIds(deps.db, after.conversationId));
    for (const ring of after.rings) who.add(ring.userId);
    for (const part of after.participations) who.add(part.userId);
    const story = {
      conversations: [after.conversationId],
      messages: entryId ? [entryId] : [],
      me: after.status === 'ended',
    };
    const what = { calls: [after.id], ...(before?.status === after.status ? {} : story) };
    await deps.bus.publish({ type: 'wake', who: [...who], what });
    const moved = presenceChanges(before, after);
    if (moved.length > 0) await deps.bus.publish({ type: 'wake', who: 'everyone', what: { users: moved } });
  } catch (error) {
    log.error({ err: error }, 'streams were not woken after a change');
  }
  if (before?.status !== after.status) {
    log.info({ status: after.status, endReason: after.endReason, lengthMs: after.lengthMs }, 'call changed');
  }
}

function syncMediaServer({ media, mediaWork, log }: CallDeps, { before, after }: Change): void {
  const report = (request: Promise<unknown>, what: string) =>
    void request.catch((error: unknown) => log.warn({ err: error, callId: after.id }, what));
  const early = before && earlyTurnedIn(before, after);
  // First: a person has pressed Accept and waits to be heard.
  if (early)
    report(
      media.permit(after.roomName, early, { publish: true, subscribe: true }),
      'LiveKit did not let a tab take part that had listened; it connects anew',
    );
  const requests =
    after.status === 'ended'
      ? [mediaWork.deleteRoom(after.roomName)]
      : withoutPlace(before, after).map((identity) => mediaWork.removeParticipant(after.roomName, identity));
  for (const request of requests) report(request, 'LiveKit did not take a change; the reconciler repeats it');
}

/** Connections that were entitled before and are no longer. */
function withoutPlace(before: Call | null, after: Call): MediaIdentity[] {
  if (!before) return [];
  return admittedTo(before).filter(({ userId, clientId }) => !isEntitled(after, userId, clientId));
}
