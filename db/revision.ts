import 'server-only';
import { eq, inArray, sql } from 'drizzle-orm';
import type { ConversationId, UserId } from '@/lib/ids';
import { inChunks } from './chunks';
import { community, conversations, users } from './schema';
import type { Tx } from './store';

const taken = new WeakMap<Tx, Promise<number>>();

/**
 * Returns the revision of this transaction: higher than any before, and the same for everything that it changes,
 * because its changes become visible at once (docs/calls.md, "Realtime").
 */
export function nextRevision(tx: Tx): Promise<number> {
  const revision = taken.get(tx) ?? takeRevision(tx);
  taken.set(tx, revision);
  return revision;
}

async function takeRevision(tx: Tx): Promise<number> {
  const [row] = await tx
    .update(community)
    .set({ revision: sql`${community.revision} + 1` })
    .where(eq(community.id, 1))
    .returning({ revision: community.revision });
  if (!row) throw new Error('the community row is missing: run the migrations');
  return row.revision;
}

/** Gives users a new revision (profile or presence changed), so that clients keep the new views. */
export async function touchUsers(tx: Tx, userIds: readonly UserId[]): Promise<void> {
  if (userIds.length === 0) return;
  const revision = await nextRevision(tx);
  await inChunks(userIds, (ids) =>
    tx.update(users).set({ revision }).where(inArray(users.id, ids)).returning({ id: users.id }),
  );
}

/** Raises the part of this person's views of others that is their own: whom they block has changed. */
export async function raiseBlocks(tx: Tx, blockerId: UserId): Promise<void> {
  await tx
    .update(users)
    .set({ blocksRevision: sql`${users.blocksRevision} + 1` })
    .where(eq(users.id, blockerId));
}

/** Gives a conversation a new revision (title, members or last message changed). */
export async function touchConversation(tx: Tx, id: ConversationId): Promise<void> {
  const revision = await nextRevision(tx);
  await tx.update(conversations).set({ revision }).where(eq(conversations.id, id));
}
