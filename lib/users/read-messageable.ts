import 'server-only';
import { inArray } from 'drizzle-orm';
import { users } from '@/db/schema';
import type { Readable } from '@/db/store';
import { AppError } from '@/lib/errors';
import type { ConversationId, UserId } from '@/lib/ids';
import { mayMessage } from './may-message';
import { readBlocked, readKnowing } from './relation';

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
  const blocked = await readBlocked(q, from, toIds);
  const asked = people.filter((person) => person.messagePermission === 'known').map((person) => person.id);
  const knowing = await readKnowing(q, from, asked, options);
  for (const id of toIds) {
    const person = people.find((one) => one.id === id);
    if (!person) throw new AppError('not_found', 'server.noSuchPerson');
    const facts = {
      messagePermission: person.messagePermission,
      isKnown: knowing.has(id),
      isBlocked: blocked.has(id),
      isSuspended: person.suspendedAt !== null,
    };
    if (!mayMessage(facts)) {
      throw new AppError('not_allowed', 'server.cantMessage');
    }
  }
}
