import 'server-only';
import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import { inChunks } from '@/db/chunks';
import { isLivePart } from '@/db/conditions';
import { blocks, participations, users } from '@/db/schema';
import type { Readable } from '@/db/store';
import type { Deps } from '@/lib/deps';
import type { UserId } from '@/lib/ids';
import type { Person, Presence, UserView } from '@/lib/protocol';

type Reading = Pick<Deps, 'db' | 'realtime'>;
type UserRow = typeof users.$inferSelect;

/** Names and pictures of these people, for places that show them; unknown ones are left out. */
export async function readPersons(q: Readable, ids: readonly UserId[]): Promise<Person[]> {
  const rows = await inChunks(ids, (some) =>
    q
      .select({
        id: users.id,
        username: users.username,
        displayName: users.displayName,
        pictureName: users.pictureName,
      })
      .from(users)
      .where(inArray(users.id, some)),
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
 * Three queries, however many people.
 */
export async function readUsers(
  deps: Reading,
  viewerId: UserId,
  only: readonly UserId[] | null = null,
): Promise<UserView[]> {
  const named = only && only.length <= mostNamed ? [...only, viewerId] : null;
  const rows = await deps.db
    .select()
    .from(users)
    .where(and(isNull(users.removedAt), named ? inArray(users.id, named) : undefined))
    .orderBy(asc(users.displayName), asc(users.id));
  const blocked = await deps.db
    .select({ id: blocks.blockedId })
    .from(blocks)
    .where(eq(blocks.blockerId, viewerId));
  const inCall = await deps.db
    .select({ id: participations.userId })
    .from(participations)
    .where(and(isLivePart, named ? inArray(participations.userId, named) : undefined));
  const blockedIds = new Set(blocked.map((row) => row.id));
  const inCallIds = new Set(inCall.map((row) => row.id));
  // Whom the viewer blocks changes the viewer, not the blocked person, who would see it in a number of theirs.
  const ownRevision = rows.find((row) => row.id === viewerId)?.revision ?? 0;
  const asked = only && new Set(only);
  const shown = asked ? rows.filter((row) => asked.has(row.id)) : rows;
  return shown.map((row) => ({
    ...personOf(row),
    about: row.about,
    presence: presenceOf(row, inCallIds.has(row.id), deps.realtime.isShownOnline(row.id)),
    isBlocked: blockedIds.has(row.id),
    revision: Math.max(row.revision, ownRevision),
  }));
}

function presenceOf(row: UserRow, isInCall: boolean, isOnline: boolean): Presence {
  if (row.suspendedAt !== null) return 'offline';
  if (isInCall) return 'in_call';
  if (!isOnline) return 'offline';
  return row.doNotDisturb ? 'do_not_disturb' : 'online';
}

function personOf(row: Pick<UserRow, 'id' | 'username' | 'displayName' | 'pictureName'>): Person {
  return {
    id: row.id,
    username: row.username,
    displayName: row.displayName,
    avatarUrl: pictureAddress(row),
  };
}

/** Where a person's picture is, or null. */
export function pictureAddress(row: Pick<UserRow, 'id' | 'pictureName'>): string | null {
  return row.pictureName ? `/api/users/${row.id}/avatar/${row.pictureName}` : null;
}
