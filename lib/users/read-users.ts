import 'server-only';
import { type Gone, hueAt, type Person, type Presence, type UserView } from '@parley/call-protocol';
import { and, eq, gt, inArray } from 'drizzle-orm';
import { inChunks } from '@/db/chunks';
import { isLivePart } from '@/db/conditions';
import { blocks, participations, users } from '@/db/schema';
import type { Readable } from '@/db/store';
import type { Deps } from '@/lib/deps';
import type { UserId } from '@/lib/ids';
import type { SeenBy } from '@/lib/viewer';

export type Reading = Pick<Deps, 'db' | 'presence'>;
export type UserRow = typeof users.$inferSelect;

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

/** These people as this viewer sees them, in the order of the ids, without those who were removed. */
export async function readUsers(
  deps: Reading,
  viewerId: UserId,
  ids: readonly UserId[],
): Promise<UserView[]> {
  const seen = (await readUsersFor(deps, ids, [viewerId]))(viewerId);
  return ids.flatMap((id) => shownOf(seen?.(id)));
}

/** None where the person was removed, or never was. */
export const shownOf = (view: UserView | Gone | null | undefined): UserView[] =>
  !view || 'gone' in view ? [] : [view];

/**
 * What `readUsers` returns, for many viewers: three queries, however many people and viewers. Of those who were removed
 * it returns that they are `gone`.
 */
export async function readUsersFor(
  deps: Reading,
  ids: readonly UserId[],
  viewerIds: readonly UserId[],
): Promise<SeenBy<PeopleSeen>> {
  return viewRows(deps, await readRows(deps.db, ids), viewerIds);
}

/** The rows of these people, those who were removed among them. */
export async function readRows(q: Readable, ids: readonly UserId[]): Promise<UserRow[]> {
  return inChunks(ids, (some) => q.select().from(users).where(inArray(users.id, some)));
}

/** Naming more people than this costs more than reading what there is: one statement takes 32,766 values. */
const mostNamed = 1000;

/** People as one viewer sees them. */
type PeopleSeen = (id: UserId) => UserView | Gone | null;

/** What these rows show: what is personal is read for all viewers at once and laid over what they see alike. */
export async function viewRows(
  { db, presence }: Reading,
  rows: readonly UserRow[],
  viewerIds: readonly UserId[],
): Promise<SeenBy<PeopleSeen>> {
  const ids = rows.map((row) => row.id);
  const named = ids.length <= mostNamed ? ids : null;
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
  const inCallIds = new Set(inCall.map((row) => row.id));
  const presences = await presence.shown(ids);
  const common = new Map<UserId, UserView | Gone>();
  for (const row of rows) {
    const shown = presences.get(row.id) ?? { isOnline: false, revision: 0 };
    const revision = row.revision + shown.revision;
    common.set(
      row.id,
      row.removedAt === null
        ? {
            ...personOf(row),
            about: row.about,
            presence: presenceOf(row, inCallIds.has(row.id), shown.isOnline),
            isBlocked: false,
            revision,
          }
        : { id: row.id, revision, gone: true },
    );
  }
  const blockedBy = Map.groupBy(blocked, (row) => row.by);
  return (viewerId) => {
    const own = blockedBy.get(viewerId);
    if (!own) return (id) => common.get(id) ?? null;
    const blockedIds = new Set<string | null>(own.map((row) => row.id));
    // Whom the viewer blocks is counted for the viewer, not for the blocked person, who would see it in a number of theirs.
    const ownRevision = own[0]?.revision ?? 0;
    return (id) => {
      const user = common.get(id);
      if (!user) return null;
      const revision = user.revision + ownRevision;
      return 'gone' in user
        ? { ...user, revision }
        : { ...user, isBlocked: blockedIds.has(user.id), revision };
    };
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
