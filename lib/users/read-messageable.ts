import 'server-only';
import { inArray } from 'drizzle-orm';
import { users } from '@/db/schema';
import type { Readable } from '@/db/store';
import { AppError } from '@/lib/errors';
import type { ConversationId, UserId } from '@/lib/ids';
import { mayMessage } from './may-message';
import { readRelations } from './relation';

/**
 * Throws unless `from` may message each of these people: AppError `not_found` for someone unknown,
 * `not_allowed` for a refusal, the same whatever its reason.
 */
export async function requireMessageable(
  q: Readable,
  from: UserId,
  toIds: readonly UserId[],
  options: { without?: ConversationId } = {},
): Promise<void> {
  const people = await q
    .select({ id: users.id, messagePermission: users.messagePermission, suspendedAt: users.suspendedAt })
    .from(users)
    .where(inArray(users.id, [...toIds]));
  const relations = await readRelations(q, from, toIds, options);
  for (const id of toIds) {
    const person = people.find((one) => one.id === id);
    const relation = relations.get(id);
    if (!person || !relation) throw new AppError('not_found', 'This person does not exist.');
    const isSuspended = person.suspendedAt !== null;
    if (!mayMessage({ ...relation, messagePermission: person.messagePermission, isSuspended })) {
      throw new AppError('not_allowed', 'You can’t message this person.');
    }
  }
}
