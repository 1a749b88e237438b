import 'server-only';
import type Database from 'better-sqlite3';

/** Lists of different lengths are different statements; beyond so many the one that was not used for longest goes. */
const mostKept = 500;

/**
 * Makes this connection prepare each statement once: SQLite takes longer to prepare most of ours than to run them.
 * One object serves all uses, because a statement has returned all its rows before the next one runs.
 */
export function keepStatements(connection: Database.Database): Database.Database {
  const kept = new Map<string, Database.Statement>();
  const prepare = connection.prepare.bind(connection);
  const prepareOnce = (source: string): Database.Statement => {
    const statement = kept.get(source) ?? prepare(source);
    kept.delete(source);
    kept.set(source, statement);
    const [oldest] = kept.keys();
    if (oldest !== undefined && kept.size > mostKept) kept.delete(oldest);
    // As it is when new: its last use may have asked for arrays.
    if (statement.reader) statement.raw(false);
    return statement;
  };
  return Object.assign(connection, { prepare: prepareOnce as typeof connection.prepare });
}
