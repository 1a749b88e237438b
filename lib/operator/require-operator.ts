import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import { users } from '@/db/schema';
import type { Readable } from '@/db/store';
import { AppError } from '@/lib/errors';
import type { UserId } from '@/lib/ids';

type UserRow = typeof users.$inferSelect;

/**
 * Guarantees that the viewer is an operator now. Operator routes do not exist for anyone else.
 *
 * @throws {AppError} not_found — the viewer is not an operator
 */
export async function requireOperator(q: Readable, viewerId: UserId): Promise<void> {
  const [row] = await q
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, viewerId), eq(users.isOperator, true), isNull(users.suspendedAt)));
  if (!row) throw new AppError('not_found');
}

/**
 * Returns the person an operator acts on. Operators cannot act on themselves, so that a community always
 * keeps one.
 *
 * @throws {AppError} not_found — unknown or removed; invalid_input — the operator's own id
 */
export async function requireOther(q: Readable, viewerId: UserId, userId: UserId): Promise<UserRow> {
  await requireOperator(q, viewerId);
  if (userId === viewerId) throw new AppError('invalid_input', 'server.notToYourself');
  const [row] = await q
    .select()
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.removedAt)));
  if (!row) throw new AppError('not_found', 'server.noSuchPerson');
  return row;
}
