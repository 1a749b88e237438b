import 'server-only';
import type { changeMeSchema, MeView } from '@parley/call-protocol';
import type { z } from 'zod';
import type { CallDeps } from '@/lib/deps';
import type { UserId } from '@/lib/ids';
import { saveMe } from '@/lib/users/change-me';
import { readMe } from '@/lib/users/read-me';
import { findRingsOf } from '../reads/load-call';
import type { Touches } from '../touching';
import { inOneUnit } from '../unit-of-work';
import { quietRings } from './quiet-rings';

/**
 * Changes the viewer's profile and settings, whole or not at all. **Do not disturb** quiets every ring that is
 * ringing, in the same transaction.
 */
export async function changeMe(
  deps: CallDeps,
  userId: UserId,
  change: z.infer<typeof changeMeSchema>,
): Promise<MeView> {
  const isProfile =
    change.displayName !== undefined || change.about !== undefined || change.doNotDisturb !== undefined;
  const touches: Touches = {
    calls: async (tx) => (change.doNotDisturb ? findRingsOf(tx, userId) : []),
    people: [userId],
  };
  await inOneUnit(deps, touches, async (unit) => {
    await saveMe(unit.tx, deps.clock.wallNow(), userId, change);
    unit.wake([userId], { me: true });
    if (isProfile) unit.wake('everyone', { users: [userId] });
    if (change.doNotDisturb) await quietRings(unit, userId);
  });
  return readMe(deps.db, userId);
}
