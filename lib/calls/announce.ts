import 'server-only';
import { eq } from 'drizzle-orm';
import { messages } from '@/db/schema';
import { readMemberIds } from '@/lib/conversations/membership';
import type { Deps } from '@/lib/deps';
import type { UserId } from '@/lib/ids';
import type { MediaIdentity } from '@/lib/media/media-server';
import type { Applied } from './apply-trigger';
import { type Call, isIn, participationOf, presenceChanges } from './call';

/** A call before and after a transaction; `before` null: it was just made. */
export type Change = Pick<Applied, 'after' | 'outcome'> & { before: Call | null };

/**
 * Tells the streams, and then LiveKit, what committed transactions changed: nobody's window waits for
 * LiveKit's answer about another call. Never throws: the change is already true, and what could not be
 * told is made good by the next snapshot and the reconciler.
 */
export async function announce(deps: Deps, changes: readonly Change[]): Promise<void> {
  const real = changes.filter(({ outcome }) => outcome === 'changed');
  for (const change of real) await tellStreams(deps, change);
  await Promise.all(real.map((change) => tellMedia(deps, change)));
}

async function tellStreams(deps: Deps, { before, after }: Change): Promise<void> {
  const log = deps.log.child({ callId: after.id });
  try {
    const who = new Set<UserId>(await readMemberIds(deps.db, after.conversationId));
    for (const ring of after.rings) who.add(ring.userId);
    for (const part of after.participations) who.add(part.userId);
    const isNewStory = before === null || before.status !== after.status;
    const entry = isNewStory
      ? await deps.db.select({ id: messages.id }).from(messages).where(eq(messages.callId, after.id))
      : [];
    deps.realtime.wake(who, {
      calls: [after.id],
      ...(isNewStory
        ? {
            conversations: [after.conversationId],
            messages: entry.map((row) => row.id),
            me: after.status === 'ended',
          }
        : {}),
    });
    const moved = presenceChanges(before, after);
    if (moved.length > 0) deps.realtime.wake('everyone', { users: moved });
  } catch (error) {
    log.error({ err: error }, 'streams were not told of a change');
  }
  if (before?.status !== after.status) {
    log.info({ status: after.status, endReason: after.endReason, lengthMs: after.lengthMs }, 'call changed');
  }
}

async function tellMedia(deps: Deps, { before, after }: Change): Promise<void> {
  try {
    if (after.status === 'ended') {
      await deps.media.deleteRoom(after.roomName);
      return;
    }
    await Promise.all(
      lostTheirPlace(before, after).map((identity) => deps.media.removeParticipant(after.roomName, identity)),
    );
  } catch (error) {
    deps.log.warn({ err: error, callId: after.id }, 'LiveKit was not told of a change; the reconciler will');
  }
}

/** Connections that were entitled before and are no longer. */
function lostTheirPlace(before: Call | null, after: Call): MediaIdentity[] {
  if (!before) return [];
  return before.participations.filter(isIn).flatMap(({ userId, clientId, movingFrom }) => {
    const now = participationOf(after, userId);
    const places = movingFrom === null ? [clientId] : [clientId, movingFrom];
    const kept = isIn(now) ? [now.clientId, now.movingFrom] : [];
    return places.filter((place) => !kept.includes(place)).map((place) => ({ userId, clientId: place }));
  });
}
