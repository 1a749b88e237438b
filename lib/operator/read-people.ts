import 'server-only';
import type { OperatorPeople, OperatorPerson } from '@parley/call-protocol';
import type { OperatorDeps } from '@/lib/deps';
import type { UserId } from '@/lib/ids';
import { findPeople, type PeopleSearch } from '@/lib/users/find-people';
import { writePlace } from '@/lib/users/params';
import { personOf, readRows } from '@/lib/users/read-users';
import { requireOperator } from './require-operator';

/**
 * Returns one page of the people on the operator's screen.
 *
 * @throws {AppError} not_found — the viewer is not an operator
 */
export async function readPeople(
  deps: OperatorDeps,
  viewerId: UserId,
  search: PeopleSearch,
): Promise<OperatorPeople> {
  await requireOperator(deps.db, viewerId);
  const { ids, next } = await findPeople(deps.db, search);
  const rows = new Map((await readRows(deps.db, ids)).map((row) => [row.id, row]));
  const shown = await deps.presence.shown(ids);
  const people = ids.flatMap((id): OperatorPerson[] => {
    const row = rows.get(id);
    if (!row || row.removedAt !== null) return [];
    return [
      {
        ...personOf(row),
        isOperator: row.isOperator,
        isSuspended: row.suspendedAt !== null,
        isOnline: shown.get(row.id)?.isOnline ?? false,
        createdAt: row.createdAt,
      },
    ];
  });
  return { people, next: next && writePlace(next) };
}
