import { sql } from 'drizzle-orm';
import { community } from '@/db/schema';
import type { Store, Tx } from '@/db/store';

/** Writes one letter more into the only row that a new database has. */
export async function writeOne(tx: Tx): Promise<void> {
  await tx.update(community).set({ name: sql`${community.name} || '+'` });
}

/** How many letters were written. */
export async function writtenIn({ db }: Pick<Store, 'db'>): Promise<number | undefined> {
  return (await db.select().from(community))[0]?.name.replace('Parley', '').length;
}
