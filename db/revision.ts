import 'server-only';
import { eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { ConversationId, UserId } from '@/lib/ids';
import { inChunks } from './chunks';
import { requireLocked } from './lock-rows';
import { type calls, conversations, type members, type messages, users } from './schema';
import type { Tx } from './store';

/**
 * The revision of a view is a sum of counters (docs/decisions/055): each stands in the row of a thing that the
 * view shows, is raised by every change of it that is shown, in the transaction of the change, and never falls. Of two
 * views of one thing the one with the higher sum is therefore not the older one. A read takes the counters with what
 * they count, or before it: what is newer than its number is sent again, what is older would stay.
 */

type Counted = typeof users | typeof conversations | typeof members | typeof messages | typeof calls;

/**
 * In an update of rows: their own counter, one higher.
 *
 * @param lockedBy whose lock guards the rows: the person or conversation that they belong to
 */
export function raised(tx: Tx, table: Counted, lockedBy: UserId | ConversationId): SQL {
  requireLocked(tx, [lockedBy]);
  return sql`${table.revision} + 1`;
}

/** Raises people whose profile, part in a call or missed calls have changed. */
export async function raiseUsers(tx: Tx, userIds: readonly UserId[]): Promise<void> {
  requireLocked(tx, userIds);
  await inChunks(userIds, (ids) =>
    tx
      .update(users)
      .set({ revision: sql`${users.revision} + 1` })
      .where(inArray(users.id, ids))
      .returning({ id: users.id }),
  );
}

/** Raises the part of this person's views of others that is their own: whom they block has changed. */
export async function raiseBlocks(tx: Tx, blockerId: UserId): Promise<void> {
  requireLocked(tx, [blockerId]);
  await tx
    .update(users)
    .set({ blocksRevision: sql`${users.blocksRevision} + 1` })
    .where(eq(users.id, blockerId));
}

/** Raises a conversation: its title, members, messages or call have changed. */
export async function raiseConversation(tx: Tx, id: ConversationId): Promise<void> {
  await tx
    .update(conversations)
    .set({ revision: raised(tx, conversations, id) })
    .where(eq(conversations.id, id));
}
