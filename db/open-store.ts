import 'server-only';
import type { Locker } from './locker';
import { openPostgres } from './postgres-store';
import { openSqlite } from './sqlite-store';
import type { Store } from './store';

/**
 * Opens a database that is migrated (db/migrate.ts).
 *
 * @param place a SQLite file, or PostgreSQL's address: postgres://…
 * @param lock as in `openSqlite`
 */
export function openStore(place: string, lock?: Locker): Store {
  return /^postgres(ql)?:/.test(place) ? openPostgres(place) : openSqlite(place, lock);
}
