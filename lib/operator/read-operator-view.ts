import 'server-only';
import type { InviteView, OperatorView } from '@parley/call-protocol';
import { and, asc, desc, eq } from 'drizzle-orm';
import { conversations, links, users } from '@/db/schema';
import type { Readable } from '@/db/store';
import type { OperatorDeps } from '@/lib/deps';
import type { UserId } from '@/lib/ids';
import { isUsable } from '@/lib/users/link';
import { mostPeople } from '@/lib/users/params';
import { readCommunity } from '@/lib/users/read-community';
import { readPeople } from './read-people';

/**
 * Returns the operator's screen.
 *
 * @throws {AppError} not_found — the viewer is not an operator
 */
export async function readOperatorView(deps: OperatorDeps, viewerId: UserId): Promise<OperatorView> {
  const { people, next } = await readPeople(deps, viewerId, { search: '', limit: mostPeople });
  return {
    ...(await readCommunity(deps.db)),
    isRegistrationFixed: deps.env.PARLEY_REGISTRATION !== undefined,
    channels: await readChannels(deps.db),
    invites: await readInvites(deps),
    people,
    ...(next && { nextPeople: next }),
  };
}

async function readChannels(q: Readable): Promise<OperatorView['channels']> {
  const rows = await q
    .select({ id: conversations.id, title: conversations.title })
    .from(conversations)
    .where(eq(conversations.kind, 'channel'))
    .orderBy(asc(conversations.createdAt), asc(conversations.id));
  return rows.map((row) => ({ id: row.id, title: row.title ?? '' }));
}

/** Usable links only, newest first. */
async function readInvites(deps: OperatorDeps): Promise<InviteView[]> {
  return deps.db
    .select({
      id: links.id,
      creatorName: users.displayName,
      createdAt: links.createdAt,
      expiresAt: links.expiresAt,
      useCount: links.useCount,
      maxUses: links.maxUses,
    })
    .from(links)
    .leftJoin(users, eq(users.id, links.creatorId))
    .where(and(eq(links.kind, 'invite'), isUsable(deps.clock.wallNow())))
    .orderBy(desc(links.createdAt), desc(links.id));
}
