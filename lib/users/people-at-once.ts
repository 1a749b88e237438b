import 'server-only';
import type { UserView } from '@parley/call-protocol';
import { asc, eq } from 'drizzle-orm';
import { blocks, users } from '@/db/schema';
import type { UserId } from '@/lib/ids';
import { isAfter } from './find-people';
import { type Reading, readRows, shownOf, viewRows } from './read-users';

/** Up to so many people everyone's snapshot holds everyone. */
const everyoneUpTo = 300;
/** Beyond that these come first, by name: more than the highest screen shows at once. */
const firstByName = 40;

/**
 * The people that a snapshot holds: everyone in a community of up to `everyoneUpTo`. In a larger one the viewer,
 * those named in what they see, whom they have blocked, and the first of all by name.
 *
 * @param memberCount how many there are
 * @param named whose names the rest of the snapshot needs
 * @returns with `memberCount` when they are not all there
 */
export async function readPeopleAtOnce(
  deps: Reading,
  viewerId: UserId,
  memberCount: number,
  named: readonly UserId[],
): Promise<{ users: UserView[]; memberCount?: number }> {
  const { db } = deps;
  const isEveryone = memberCount <= everyoneUpTo;
  const rows = await db
    .select()
    .from(users)
    .where(isAfter())
    .orderBy(asc(users.sortName), asc(users.id))
    // Some may have come since they were counted, and all of them are wanted.
    .limit(isEveryone ? 2 * everyoneUpTo : firstByName);
  if (!isEveryone) {
    const blocked = await db
      .select({ id: blocks.blockedId })
      .from(blocks)
      .where(eq(blocks.blockerId, viewerId));
    const known = new Set(rows.map((row) => row.id));
    const others = new Set([viewerId, ...named, ...blocked.map((row) => row.id)]).difference(known);
    for (const row of await readRows(db, [...others])) rows.push(row);
  }
  const seen = (await viewRows(deps, rows, [viewerId]))(viewerId);
  const shown = rows.flatMap((row) => shownOf(seen?.(row.id)));
  return isEveryone ? { users: shown } : { users: shown, memberCount };
}
