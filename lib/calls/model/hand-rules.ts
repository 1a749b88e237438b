import { isInCall } from '@parley/call-protocol';
import { participationOf } from './call';
import { changed, type Rule, refused, unchanged, withPart } from './rule';

/** A raised hand belongs to the participation, not to a tab: rule of transition.ts. */
export const hand: Rule<'hand'> = (call, { userId, isRaised }, { now }) => {
  const part = participationOf(call, userId);
  if (!isInCall(part)) return isRaised ? refused('not_allowed') : unchanged;
  // Raised again it keeps its place.
  if ((part.handRaisedAt !== null) === isRaised) return unchanged;
  const others = call.participations.map((one) => (isInCall(one) ? (one.handRaisedAt ?? 0) : 0));
  // The order decides who is next, also within one millisecond.
  const handRaisedAt = isRaised ? Math.max(now, ...others.map((at) => at + 1)) : null;
  return changed(withPart(call, { ...part, handRaisedAt }));
};
