import 'server-only';
import type { Community } from '@parley/call-protocol';
import { eq } from 'drizzle-orm';
import { community } from '@/db/schema';
import type { Readable } from '@/db/store';

/** Name and registration: what anyone may know. */
export async function readCommunity(q: Readable): Promise<Community> {
  const [row] = await q
    .select({ name: community.name, registration: community.registration })
    .from(community)
    .where(eq(community.id, 1));
  if (!row) throw new Error('the community row is missing: run the migrations');
  return row;
}
