import 'server-only';
import type { Person } from '@parley/call-protocol';
import { and, desc, eq } from 'drizzle-orm';
import { lockRows } from '@/db/lock-rows';
import { raiseBlocks } from '@/db/revision';
import { blocks, users } from '@/db/schema';
import type { Tx } from '@/db/store';
import type { Deps, UserDeps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import type { UserId } from '@/lib/ids';
import { readPersons } from './read-users';

/**
 * Writes a block: from the commit on no direct message, call or group ring passes between the two. Blocking twice
 * changes nothing. The calling command ends what rings or runs between them, and wakes the blocker's streams.
 *
 * @throws {AppError} invalid_input — the blocker is the blocked; not_found — unknown person
 */
export async function saveBlock(
  tx: Tx,
  wallNow: number,
  blockerId: UserId,
  blockedId: UserId,
): Promise<void> {
  if (blockerId === blockedId) throw new AppError('invalid_input', 'server.cantBlockYourself');
  const [person] = await tx.select({ id: users.id }).from(users).where(eq(users.id, blockedId));
  if (!person) throw new AppError('not_found', 'server.noSuchPerson');
  await tx.insert(blocks).values({ blockerId, blockedId, createdAt: wallNow }).onConflictDoNothing();
  await raiseBlocks(tx, blockerId);
}

/** Takes a block back; without one nothing changes. */
export async function unblockUser(deps: UserDeps, blockerId: UserId, blockedId: UserId): Promise<void> {
  await deps.transaction(async (tx) => {
    await lockRows(tx, { people: [blockerId, blockedId] });
    const [person] = await tx.select({ id: users.id }).from(users).where(eq(users.id, blockedId));
    if (!person) throw new AppError('not_found', 'server.noSuchPerson');
    await tx.delete(blocks).where(and(eq(blocks.blockerId, blockerId), eq(blocks.blockedId, blockedId)));
    await raiseBlocks(tx, blockerId);
  });
  await deps.bus.publish({ type: 'wake', who: [blockerId], what: { users: [blockedId] } });
}

/** Whom the viewer has blocked, newest first. */
export async function readBlocks(deps: Pick<Deps, 'db'>, viewerId: UserId): Promise<Person[]> {
  const rows = await deps.db
    .select({ id: blocks.blockedId })
    .from(blocks)
    .where(eq(blocks.blockerId, viewerId))
    .orderBy(desc(blocks.createdAt));
  const persons = await readPersons(
    deps.db,
    rows.map((row) => row.id),
  );
  return rows.flatMap((row) => persons.find((person) => person.id === row.id) ?? []);
}
