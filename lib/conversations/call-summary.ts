import {
  type CallEntry,
  type EndReason,
  isInCall,
  type ParticipationState,
  type RingState,
} from '@parley/call-protocol';
import type { UserId } from '@/lib/ids';

/** What a call's entry is derived from. */
export type CallStory = {
  callerId: UserId;
  isLive: boolean;
  endReason: EndReason | null;
  /** Oldest first. */
  rings: readonly { userId: UserId; state: RingState }[];
  participations: readonly { userId: UserId; state: ParticipationState }[];
};

/**
 * Returns the outcome of a call for one reader (docs/calls.md, "Ending"): missed for a callee who neither
 * entered nor declined, whatever the call's own end; for all other readers by that end.
 */
export function summarizeCall(story: CallStory, readerId: UserId): Pick<CallEntry, 'outcome' | 'personIds'> {
  const entered = story.participations.map((part) => part.userId);
  if (story.isLive) {
    const inside = story.participations.filter(isInCall);
    return { outcome: 'live', personIds: inside.map((part) => part.userId) };
  }
  if (hasMissed(story, readerId)) return { outcome: 'missed', personIds: [story.callerId] };
  const last = newestRings(story);
  const whose = (...states: RingState[]) =>
    [...last].filter(([, state]) => states.includes(state)).map(([userId]) => userId);
  switch (story.endReason) {
    case 'completed':
      return { outcome: 'completed', personIds: entered };
    case 'declined':
      return { outcome: 'declined', personIds: whose('declined') };
    case 'cancelled':
      return { outcome: 'cancelled', personIds: whose('cancelled', 'missed', 'unreachable', 'declined') };
    case 'missed': {
      const silent = whose('missed', 'unreachable', 'cancelled');
      const rang = [...last.values()].filter((state) => state !== 'not_allowed');
      const isAll = (state: RingState) => rang.length > 0 && rang.every((one) => one === state);
      // No callee had the time to answer: the rings were cancelled one by one.
      if (isAll('cancelled')) return { outcome: 'cancelled', personIds: silent };
      return { outcome: isAll('unreachable') ? 'unreachable' : 'no_answer', personIds: silent };
    }
    default:
      return { outcome: 'failed', personIds: entered };
  }
}

/** Returns whether the call rang for the reader, who neither entered nor declined. */
export function hasMissed(
  story: Pick<CallStory, 'isLive' | 'rings'> & { participations: readonly { userId: UserId }[] },
  readerId: UserId,
): boolean {
  const mine = story.rings.filter((ring) => ring.userId === readerId);
  const rang = mine.some((ring) => ring.state !== 'not_allowed');
  const answered = mine.some((ring) => ring.state === 'accepted' || ring.state === 'declined');
  const entered = story.participations.some((part) => part.userId === readerId);
  return !story.isLive && rang && !answered && !entered;
}

function newestRings(story: CallStory): Map<UserId, RingState> {
  return new Map(story.rings.map((ring) => [ring.userId, ring.state]));
}
