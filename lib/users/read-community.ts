import 'server-only';
import type { Community } from '@parley/call-protocol';
import { eq } from 'drizzle-orm';
import { community } from '@/db/schema';
import type { Readable } from '@/db/store';

async function readRow(q: Readable) {
  const [row] = await q.select().from(community).where(eq(community.id, 1));
  if (!row) throw new Error('the community row is missing: run the migrations');
  return row;
}

/** Name and registration: what anyone may know. */
export async function readCommunity(q: Readable): Promise<Community> {
  const { name, registration } = await readRow(q);
  return { name, registration };
}

/** Returns the revision counter's current value. */
export async function readRevision(q: Readable): Promise<number> {
  return (await readRow(q)).revision;
}
