import 'server-only';
import { count, eq, max } from 'drizzle-orm';
import type { z } from 'zod';
import { nextRevision } from '@/db/revision';
import { conversations, members, messages, users } from '@/db/schema';
import type { Readable, Tx } from '@/db/store';
import type { Deps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import { makeId, type UserId } from '@/lib/ids';
import type { registerSchema, UserView } from '@/lib/protocol';
import { readCommunity } from './read-community';
import { readUser } from './read-users';

/**
 * Makes an account that is in every channel, or nothing. The first account of an empty community is
 * its operator's. Throws AppError `not_allowed` where an invitation is needed, `conflict` for a
 * taken name.
 * @param hashPassword given by the route, because passwords belong to lib/auth
 */
export async function register(
  deps: Deps,
  wanted: z.infer<typeof registerSchema>,
  hashPassword: (password: string) => Promise<string>,
): Promise<UserView> {
  await requireRegistrable(deps.db, wanted.username);
  const passwordHash = await hashPassword(wanted.password);
  const id = await deps.transaction(async (tx) => {
    const { isFirst, isOpen } = await requireRegistrable(tx, wanted.username);
    const userId = makeId('user');
    const permission = isOpen ? 'known' : 'everyone';
    await tx.insert(users).values({
      id: userId,
      username: wanted.username,
      displayName: wanted.displayName ?? wanted.username,
      passwordHash,
      messagePermission: permission,
      callPermission: permission,
      isOperator: isFirst,
      createdAt: deps.clock.wallNow(),
      revision: await nextRevision(tx),
    });
    await joinChannels(tx, userId, deps.clock.wallNow());
    return userId;
  });
  deps.realtime.wake('everyone', { users: [id] });
  const view = await readUser(deps, id, id);
  if (!view) throw new AppError('not_found');
  return view;
}

async function requireRegistrable(q: Readable, username: string) {
  const [found] = await q.select({ people: count() }).from(users);
  const isFirst = found?.people === 0;
  const isOpen = (await readCommunity(q)).registration === 'open';
  if (!isOpen && !isFirst) throw new AppError('not_allowed', 'Joining this community needs an invitation.');
  const [taken] = await q.select({ id: users.id }).from(users).where(eq(users.username, username));
  if (taken) throw new AppError('conflict', 'This username is taken. Choose another.');
  return { isFirst, isOpen };
}

/** What was said before someone came is not unread for them. */
async function joinChannels(tx: Tx, userId: UserId, wallNow: number): Promise<void> {
  const channels = await tx.select().from(conversations).where(eq(conversations.kind, 'channel'));
  for (const { id } of channels) {
    const lastReadSeq = await readLastSeq(tx, id);
    await tx.insert(members).values({ conversationId: id, userId, joinedAt: wallNow, lastReadSeq });
  }
}

async function readLastSeq(q: Readable, id: (typeof conversations.$inferSelect)['id']): Promise<number> {
  const [row] = await q
    .select({ seq: max(messages.seq) })
    .from(messages)
    .where(eq(messages.conversationId, id));
  return row?.seq ?? 0;
}
