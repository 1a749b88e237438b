import { isInCall } from '@parley/call-protocol';
import type { SignInId } from '@/lib/ids';
import { participationOf, runningRingOf } from './call';
import { returned } from './move-rules';
import { connected, connecting } from './participation';
import { endRing } from './ring-rules';
import { changed, type Rule, unchanged, withPart, withRing } from './rule';
import { withoutPart } from './settle';

/** What decisions outside the call (sign-out, removal, a block) do to it: rules of transition.ts. */

export const signOut: Rule<'sign_out'> = (call, trigger, at) => {
  const ring = runningRingOf(call, trigger.userId);
  // The ring goes on in the person's other browsers, without the tab that was connected early. Who is rung holds no part.
  if (ring?.earlySignInId && trigger.signInIds.includes(ring.earlySignInId))
    return changed(withRing(call, ring.id, { earlyClientId: null, earlySignInId: null }));
  return signOutOfPart(call, trigger, at);
};

const signOutOfPart: Rule<'sign_out'> = (call, { userId, signInIds }, { now }) => {
  const part = participationOf(call, userId);
  if (!isInCall(part)) return unchanged;
  const isOver = (id: SignInId | null) => id !== null && signInIds.includes(id);
  if (part.state !== 'moving')
    return isOver(part.signInId) ? changed(withoutPart(call, part, now)) : unchanged;
  if (isOver(part.signInId)) {
    // Given up by the new client of a move, the participation goes on in the old one, unless that is signed
    // out, too.
    const isKept = part.from.signInId !== null && !isOver(part.from.signInId);
    return changed(isKept ? withPart(call, returned(part, now)) : withoutPart(call, part, now));
  }
  if (!isOver(part.from.signInId)) return unchanged;
  // On its way in, the new client still has its time to connect; heard, it needs no more of it.
  const kept = part.mediaSid === null ? connecting(part, part) : connected(part, part.mediaSid);
  return changed(withPart(call, kept));
};

export const removeMember: Rule<'remove_member'> = (call, { userId }, { now }) => {
  const running = runningRingOf(call, userId);
  const part = participationOf(call, userId);
  if (!running && !isInCall(part)) return unchanged;
  const silent = running ? withRing(call, running.id, { state: 'cancelled' }) : call;
  return changed(isInCall(part) ? withoutPart(silent, part, now) : silent);
};

export const block: Rule<'block'> = (call, { blockerId, blockedId, isDirect }, { now }) => {
  // As if the blocker had left, declined or stopped ringing; in a group only rings between the two end.
  const part = participationOf(call, blockerId);
  if (isDirect && isInCall(part)) return changed(withoutPart(call, part, now));
  const toBlocker = runningRingOf(call, blockerId);
  if (toBlocker && (isDirect || toBlocker.ringerId === blockedId))
    return endRing(call, blockerId, 'declined');
  const fromBlocker = runningRingOf(call, blockedId);
  if (fromBlocker?.ringerId === blockerId) return endRing(call, blockedId, 'cancelled');
  return unchanged;
};
