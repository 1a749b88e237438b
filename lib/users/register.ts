import 'server-only';
import type { registerSchema, UserView } from '@parley/call-protocol';
import { eq, max } from 'drizzle-orm';
import type { z } from 'zod';
import { nextJoinNumber } from '@/db/join-number';
import { lockRows } from '@/db/lock-rows';
import { conversations, members, messages, users } from '@/db/schema';
import type { Readable, Tx } from '@/db/store';
import type { Deps, UserDeps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import { makeId, type UserId } from '@/lib/ids';
import { foldName } from './fold-name';
import { findLink, takeLink } from './link';
import { readCommunity } from './read-community';
import { readUser } from './read-users';

type Wanted = z.infer<typeof registerSchema>;

/**
 * Makes an account that is in every channel, or nothing. An empty community takes the set-up link
 * only, whose account is the operator's; after that an invite link is needed unless registration is
 * open. A link that works once makes one account, however many try at the same moment. Throws
 * AppError `not_allowed` where a link is needed or no longer works, `conflict` for a taken name.
 * @param hashPassword given by the route, because passwords belong to lib/auth
 */
export async function register(
  deps: UserDeps,
  wanted: Wanted,
  hashPassword: (password: string) => Promise<string>,
): Promise<UserView> {
  await requireRegistrable(deps, deps.db, wanted);
  const passwordHash = await hashPassword(wanted.password);
  const displayName = wanted.displayName ?? wanted.username;
  const id = await deps.transaction(async (tx) => {
    await lockRows(tx, { community: true });
    const { link, isOpen } = await requireRegistrable(deps, tx, wanted);
    if (link && !(await takeLink(tx, deps.clock.wallNow(), link.id))) throw deadLink();
    const userId = makeId('user');
    const permission = isOpen ? 'known' : 'everyone';
    await tx.insert(users).values({
      id: userId,
      username: wanted.username,
      displayName,
      sortName: foldName(displayName),
      passwordHash,
      messagePermission: permission,
      callPermission: permission,
      isOperator: link?.kind === 'set_up',
      joinNumber: await nextJoinNumber(tx),
      createdAt: deps.clock.wallNow(),
    });
    if (link?.kind === 'set_up') await makeFirstChannel(tx, deps.clock.wallNow());
    await joinChannels(tx, userId, deps.clock.wallNow());
    return userId;
  });
  await deps.bus.publish({ type: 'wake', who: 'everyone', what: { users: [id] } });
  const view = await readUser(deps, id, id);
  if (!view) throw new AppError('not_found');
  return view;
}

async function requireRegistrable(deps: Pick<Deps, 'clock'>, q: Readable, wanted: Wanted) {
  const link = wanted.invite
    ? await findLink(q, deps.clock.wallNow(), ['set_up', 'invite'], wanted.invite)
    : null;
  const isOpen = (await readCommunity(q)).registration === 'open';
  if (link?.kind !== 'set_up' && (await q.$count(users)) === 0) {
    throw new AppError('not_allowed', 'server.waitsForOperator');
  }
  if (!isOpen && !link) {
    if (wanted.invite) throw deadLink();
    throw new AppError('not_allowed', 'server.needsInvitation');
  }
  const [taken] = await q.select({ id: users.id }).from(users).where(eq(users.username, wanted.username));
  if (taken) throw new AppError('conflict', 'server.usernameTaken');
  return { link, isOpen };
}

function deadLink(): AppError {
  return new AppError('not_allowed', 'server.linkUsed');
}

/** A new community has one place to talk. */
async function makeFirstChannel(tx: Tx, wallNow: number): Promise<void> {
  if ((await tx.$count(conversations)) > 0) return;
  await tx.insert(conversations).values({
    id: makeId('conv'),
    kind: 'channel',
    title: 'general',
    createdAt: wallNow,
    lastActivityAt: wallNow,
  });
}

/** Messages from before the user joined do not count as unread. */
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
