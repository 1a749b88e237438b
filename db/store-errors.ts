import 'server-only';

/** SQLite's codes: another process holds the file, or the disk is full. */
const busyFile = /^SQLITE_(BUSY|LOCKED|FULL|IOERR)/;
/**
 * PostgreSQL's (Appendix A of its manual) and the network's: the server is away, restarts, has no free connection or
 * disk, a lock was not free in time, or a transaction gave way to others again and again.
 */
const busyServer =
  /^(08...|40001|40P01|53...|55P03|57P0[1235]|25P03|E(CONNREFUSED|CONNRESET|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN))$/;
/** What the driver says without a code. */
const lostConnection =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** True when the error means that the database can't be used for now: the same request may succeed later. */
export function isStoreBusy(error: unknown): boolean {
  return hasCause(error, (code, { message }) =>
    code === null ? lostConnection.test(message) : busyFile.test(code) || busyServer.test(code),
  );
}

/** True when a unique index refused a row. */
export function isUniqueViolation(error: unknown): boolean {
  return hasCause(
    error,
    (code) =>
      code === '23505' || code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY',
  );
}

/** True when a transaction was given up for the sake of others: repeated, it may succeed. */
export function isGivenUp(error: unknown): boolean {
  return hasCause(error, (code) => code === '40001' || code === '40P01');
}

/** True when PostgreSQL can't keep a text, because it has the character 0 in it. */
export function isUnstorable(error: unknown): boolean {
  return hasCause(error, (code) => code === '22021');
}

/** The ORM wraps what the driver throws. */
function hasCause(error: unknown, matches: (code: string | null, error: Error) => boolean): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const code = (at as { code?: unknown }).code;
    if (matches(typeof code === 'string' ? code : null, at)) return true;
  }
  return false;
}
