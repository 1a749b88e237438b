import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import { users } from '@/db/schema';
import type { Readable } from '@/db/store';
import { AppError } from '@/lib/errors';
import type { UserId } from '@/lib/ids';

type UserRow = typeof users.$inferSelect;

/** Throws not_found unless this person is an operator at this moment: what operators do exists for nobody else. */
export async function requireOperator(q: Readable, viewerId: UserId): Promise<void> {
  const [row] = await q
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, viewerId), eq(users.isOperator, true), isNull(users.suspendedAt)));
  if (!row) throw new AppError('not_found');
}

/**
 * The person that an operator acts on. Nobody acts on themselves here, so that a community always
 * keeps an operator. Throws not_found, also for somebody removed, and invalid_input.
 */
export async function requireOther(q: Readable, viewerId: UserId, userId: UserId): Promise<UserRow> {
  await requireOperator(q, viewerId);
  if (userId === viewerId) throw new AppError('invalid_input', 'You can’t do this to yourself.');
  const [row] = await q
    .select()
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.removedAt)));
  if (!row) throw new AppError('not_found', 'This person does not exist.');
  return row;
}
