import type { CallEntry } from '@parley/call-protocol';

const folding: ReadonlySet<CallEntry['outcome']> = new Set([
  'missed',
  'declined',
  'no_answer',
  'unreachable',
  'cancelled',
]);

/** Talks that are shorter than this fold, in milliseconds. */
const shortMs = 60_000;

const isShort = ({ outcome, lengthMs }: CallEntry) =>
  outcome === 'completed' && lengthMs !== null && lengthMs < shortMs;

/** True when `next`, directly after `entry`, is the same thing happening again. */
export function isRepeat(entry: CallEntry, next: CallEntry): boolean {
  return (
    (folding.has(entry.outcome) || (isShort(entry) && isShort(next))) &&
    entry.outcome === next.outcome &&
    entry.line === null &&
    next.line === null &&
    entry.conversationId === next.conversationId &&
    entry.callerId === next.callerId &&
    entry.personIds.length === next.personIds.length &&
    entry.personIds.every((id) => next.personIds.includes(id)) &&
    new Date(entry.startedAt).toDateString() === new Date(next.startedAt).toDateString()
  );
}
