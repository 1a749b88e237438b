import type { CallEntry } from '@/lib/protocol';

const folding: ReadonlySet<CallEntry['outcome']> = new Set([
  'missed',
  'declined',
  'no_answer',
  'unreachable',
  'cancelled',
]);

/** True when `next`, directly after `entry`, is the same thing happening again. */
export function isRepeat(entry: CallEntry, next: CallEntry): boolean {
  return (
    folding.has(entry.outcome) &&
    entry.outcome === next.outcome &&
    entry.conversationId === next.conversationId &&
    entry.callerId === next.callerId &&
    entry.personIds.length === next.personIds.length &&
    entry.personIds.every((id) => next.personIds.includes(id)) &&
    new Date(entry.startedAt).toDateString() === new Date(next.startedAt).toDateString()
  );
}
