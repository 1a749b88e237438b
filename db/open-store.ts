import 'server-only';
import type { Locker } from './locker';
import { openPostgres } from './postgres-store';
import { openSqlite } from './sqlite-store';
import type { Store } from './store';

/**
 * Opens a database that is migrated (db/migrate.ts).
 *
 * @param place a SQLite file, or PostgreSQL's address: postgres://…
 * @param lock for tests: hears of each lock that a transaction takes; on SQLite, where none is needed, instead of it
 */
export function openStore(place: string, lock?: Locker): Store {
  return /^postgres(ql)?:/.test(place) ? openPostgres(place, lock) : openSqlite(place, lock);
}
