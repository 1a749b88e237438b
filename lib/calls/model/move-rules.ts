import { isInCall } from '@/lib/protocol';
import { connectTimeoutMs, type Participation, participationOf } from './call';
import { changed, connectedFields, notMoving, type Rule, unchanged, withPart } from './rule';
import { withoutPart } from './settle';

/** How a part passes from one tab to another, and what becomes of it when one of the two is gone; pure. */

/** The tab that is heard while the part moves on, and its sign-in. */
export function handedOverBy(part: Participation): Pick<Participation, 'movingFrom' | 'movingFromSignInId'> {
  const { clientId, signInId, movingFrom, movingFromSignInId, mediaSid } = part;
  const isStillTalking = movingFrom !== null && mediaSid === null;
  return isStillTalking
    ? { movingFrom, movingFromSignInId }
    : { movingFrom: clientId, movingFromSignInId: signInId };
}

/**
 * The part given back to the tab that was handing it over, when the new one is gone before that was let go:
 * the reconciler finds the old one's connection. Null when nothing was being handed over.
 */
export function oldTabOf(part: Participation, now: number): Partial<Participation> | null {
  const { movingFrom: clientId, movingFromSignInId, signInId } = part;
  if (clientId === null) return null;
  const waiting = { mediaSid: null, connectDeadlineAt: now + connectTimeoutMs, droppedAt: now };
  return { ...connectedFields, ...notMoving, ...waiting, clientId, signInId: movingFromSignInId ?? signInId };
}

export const signOut: Rule<'sign_out'> = (call, { userId, signInIds }, { now }) => {
  const part = participationOf(call, userId);
  if (!isInCall(part)) return unchanged;
  const isOver = (id: Participation['signInId'] | null) => id !== null && signInIds.includes(id);
  if (isOver(part.signInId)) {
    // Given up by the new tab of a move, the part goes on in the old one, unless that is signed out, too.
    const isKept = part.movingFromSignInId !== null && !isOver(part.movingFromSignInId);
    const oldTab = isKept ? oldTabOf(part, now) : null;
    return changed(oldTab ? withPart(call, userId, oldTab) : withoutPart(call, part, now));
  }
  if (!isOver(part.movingFromSignInId)) return unchanged;
  // On its way in, the new tab still has its time to connect; heard, it needs no more of it.
  const isUp = part.mediaSid !== null;
  return changed(withPart(call, userId, { ...notMoving, ...(isUp ? { connectDeadlineAt: null } : {}) }));
};
