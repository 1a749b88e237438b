import 'server-only';
import type { Community } from '@parley/call-protocol';
import { count, eq, isNotNull, max, sql } from 'drizzle-orm';
import { community, users } from '@/db/schema';
import type { Readable } from '@/db/store';

/** Name and registration: what anyone may know. */
export async function readCommunity(q: Readable): Promise<Community> {
  const [row] = await q
    .select({ name: community.name, registration: community.registration })
    .from(community)
    .where(eq(community.id, 1));
  if (!row) throw noRow();
  return row;
}

const noRow = () => new Error('the community row is missing: run the migrations');

/** The same, with how many people there are. Join numbers have no gaps, so that nothing is counted but who was removed. */
export async function readCommunitySize(q: Readable): Promise<{ community: Community; memberCount: number }> {
  const joined = q.select({ last: max(users.joinNumber) }).from(users);
  const removed = q.select({ all: count() }).from(users).where(isNotNull(users.removedAt));
  const [row] = await q
    .select({
      name: community.name,
      registration: community.registration,
      memberCount: sql<number>`coalesce((${joined}), 0) - (${removed})`,
    })
    .from(community)
    .where(eq(community.id, 1));
  if (!row) throw noRow();
  const { memberCount, ...shown } = row;
  return { community: shown, memberCount };
}
