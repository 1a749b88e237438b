import 'server-only';
import { type Gone, hueAt, type Person, type Presence, type UserView } from '@parley/call-protocol';
import { and, asc, eq, gt, inArray, isNull } from 'drizzle-orm';
import { inChunks } from '@/db/chunks';
import { isLivePart } from '@/db/conditions';
import { blocks, participations, users } from '@/db/schema';
import type { Readable } from '@/db/store';
import type { Deps } from '@/lib/deps';
import type { UserId } from '@/lib/ids';
import type { SeenBy } from '@/lib/viewer';

type Reading = Pick<Deps, 'db' | 'presence'>;
type UserRow = typeof users.$inferSelect;

/** What `personOf` needs of a row. */
export const personColumns = {
  id: users.id,
  username: users.username,
  displayName: users.displayName,
  pictureName: users.pictureName,
  joinNumber: users.joinNumber,
};

/** Names and pictures of these people, for places that show them; unknown ones are left out. */
export async function readPersons(q: Readable, ids: readonly UserId[]): Promise<Person[]> {
  const rows = await inChunks(ids, (some) =>
    q.select(personColumns).from(users).where(inArray(users.id, some)),
  );
  return rows.map(personOf);
}

/** One person as this viewer sees them, or null. */
export async function readUser(deps: Reading, viewerId: UserId, userId: UserId): Promise<UserView | null> {
  const [view] = await readUsers(deps, viewerId, [userId]);
  return view ?? null;
}

/** Beyond so many names everyone is read: one statement takes 32,766 values, and a list stops being cheaper. */
const mostNamed = 1000;

/**
 * Everyone in the community as this viewer sees them, or `only` these, by name, without users who were removed.
 */
export async function readUsers(
  deps: Reading,
  viewerId: UserId,
  only: readonly UserId[] | null = null,
): Promise<UserView[]> {
  const seen = (await readUsersFor(deps, only, [viewerId]))(viewerId) ?? [];
  return seen.flatMap((view) => ('gone' in view ? [] : view));
}

/** These people as this viewer sees them, in the order of the ids, without those who were removed. */
export async function readUsersInOrder(
  deps: Reading,
  viewerId: UserId,
  ids: readonly UserId[],
): Promise<UserView[]> {
  const views = new Map((await readUsers(deps, viewerId, ids)).map((view) => [view.id, view]));
  return ids.flatMap((id) => views.get(id) ?? []);
}

/**
 * What `readUsers` returns, for many viewers: three queries, however many people and viewers. Of those in `only` who were
 * removed it returns that they are `gone`.
 */
export async function readUsersFor(
  deps: Reading,
  only: readonly UserId[] | null,
  viewerIds: readonly UserId[],
): Promise<SeenBy<(UserView | Gone)[]>> {
  const { db } = deps;
  const named = only && only.length <= mostNamed ? [...only] : null;
  const rows = await db
    .select()
    .from(users)
    .where(and(only ? undefined : isNull(users.removedAt), named ? inArray(users.id, named) : undefined))
    .orderBy(asc(users.displayName), asc(users.id));
  // With the counter in one read, and only of viewers who have ever blocked.
  const blocked = await inChunks(viewerIds, (some) =>
    db
      .select({ by: users.id, revision: users.blocksRevision, id: blocks.blockedId })
      .from(users)
      .leftJoin(
        blocks,
        and(eq(blocks.blockerId, users.id), named ? inArray(blocks.blockedId, named) : undefined),
      )
      .where(and(inArray(users.id, some), gt(users.blocksRevision, 0))),
  );
  const inCall = await db
    .select({ id: participations.userId })
    .from(participations)
    .where(and(isLivePart, named ? inArray(participations.userId, named) : undefined));
  const asked = only && new Set(only);
  const shown = asked ? rows.filter((row) => asked.has(row.id)) : rows;
  const inCallIds = new Set(inCall.map((row) => row.id));
  const presences = await deps.presence.shown(shown.map((row) => row.id));
  const common = shown.map((row): UserView | Gone => {
    const presence = presences.get(row.id) ?? { isOnline: false, revision: 0 };
    const revision = row.revision + presence.revision;
    if (row.removedAt !== null) return { id: row.id, revision, gone: true };
    return {
      ...personOf(row),
      about: row.about,
      presence: presenceOf(row, inCallIds.has(row.id), presence.isOnline),
      isBlocked: false,
      revision,
    };
  });
  const blockedBy = Map.groupBy(blocked, (row) => row.by);
  return (viewerId) => {
    const own = blockedBy.get(viewerId);
    if (!own) return common;
    const blockedIds = new Set<string | null>(own.map((row) => row.id));
    // Whom the viewer blocks is counted for the viewer, not for the blocked person, who would see it in a number of theirs.
    const ownRevision = own[0]?.revision ?? 0;
    return common.map((user) => {
      const revision = user.revision + ownRevision;
      return 'gone' in user
        ? { ...user, revision }
        : { ...user, isBlocked: blockedIds.has(user.id), revision };
    });
  };
}

function presenceOf(row: UserRow, isInCall: boolean, isOnline: boolean): Presence {
  if (row.suspendedAt !== null) return 'offline';
  if (isInCall) return 'in_call';
  if (!isOnline) return 'offline';
  return row.doNotDisturb ? 'do_not_disturb' : 'online';
}

export function personOf(row: Pick<UserRow, keyof typeof personColumns>): Person {
  return {
    id: row.id,
    username: row.username,
    displayName: row.displayName,
    avatarUrl: row.pictureName ? `/api/users/${row.id}/avatar/${row.pictureName}` : null,
    hue: hueAt(row.joinNumber),
  };
}
