import 'server-only';
import { isInCall } from '@parley/call-protocol';
import type { Tx } from '@/db/store';
import type { SignInId, UserId } from '@/lib/ids';
import { queueRings, queueWithdrawals } from '@/lib/push/queue-pushes';
import { type Call, participationOf } from './model/call';

/**
 * Writes what the devices of callees are to learn of a change, in its transaction: a ring has begun, or has ended, or was
 * silenced. Whom a ring rings was decided by `mayRing`, for open tabs and devices alike.
 *
 * @returns whether there is anything to send
 */
export async function queuePushes(
  tx: Tx,
  { before, after }: { before: Call | null; after: Call },
): Promise<boolean> {
  const oldRings = new Map(before?.rings.map((ring) => [ring.id, ring]));
  const begun = after.rings.filter((ring) => ring.state === 'ringing' && !oldRings.has(ring.id));
  const ended = after.rings.filter((ring) => {
    const old = oldRings.get(ring.id);
    if (old?.state !== 'ringing') return false;
    return ring.state !== 'ringing' || (ring.isQuiet && !old.isQuiet);
  });
  const ringIds = ended.map((ring) => ring.id);
  const answeredBy = ended.flatMap(({ userId }) => answeringSignIn(after, userId) ?? []);
  const hasEnds = ended.length > 0 && (await queueWithdrawals(tx, after.id, ringIds, answeredBy));
  const rings = begun.map(({ id, userId, isQuiet, deadlineAt }) => {
    return { callId: after.id, ringId: id, userId, isQuiet, deadlineAt };
  });
  const hasRings = rings.length > 0 && (await queueRings(tx, rings));
  return hasEnds || hasRings;
}

/** The browser that is in the call now shows the call, and nothing has to be withdrawn there. */
function answeringSignIn(call: Call, userId: UserId): SignInId | null {
  const part = participationOf(call, userId);
  return isInCall(part) ? part.signInId : null;
}
