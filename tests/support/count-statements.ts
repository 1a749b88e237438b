import Database from 'better-sqlite3';
import pg from 'pg';
import { isPostgres } from '@/db/dialect';
import { settle } from './settle';

const kinds = ['all', 'get', 'run'] as const;
/** Every statement of every connection runs through these three; BEGIN and COMMIT do not. */
const statements: Record<(typeof kinds)[number], (...values: unknown[]) => unknown> = Object.getPrototypeOf(
  new Database(':memory:').prepare('select 1'),
);

/** Locks and transactions are those of PostgreSQL; SQLite runs no statement for a lock, and its transactions are not counted. */
export type Statements = { reads: string[]; writes: string[]; locks: string[]; transactions: number };

/**
 * Calls `note` with every statement that is about to run, on any connection, and the values bound to it.
 *
 * @returns ends it
 */
export function watchStatements(
  note: (statement: Database.Statement<unknown[]>, values: unknown[]) => void,
): () => void {
  const originals = kinds.map((kind) => statements[kind]);
  kinds.forEach((kind, at) => {
    statements[kind] = function (this: Database.Statement<unknown[]>, ...values: unknown[]) {
      note(this, values);
      return originals[at]?.apply(this, values);
    };
  });
  return () =>
    kinds.forEach((kind, at) => {
      const original = originals[at];
      if (original) statements[kind] = original;
    });
}

/** The same for PostgreSQL. */
function watchPostgres(note: (source: string) => void): () => void {
  const original: (...given: unknown[]) => unknown = Reflect.get(pg.Client.prototype, 'query');
  const watched = function (this: unknown, ...given: [string | { text: string }, ...unknown[]]) {
    const [first] = given;
    note(typeof first === 'string' ? first : first.text);
    return original.apply(this, given);
  };
  Reflect.set(pg.Client.prototype, 'query', watched);
  return () => void Reflect.set(pg.Client.prototype, 'query', original);
}

/** Runs `work`, waits for what it causes, and returns the SQL of every statement that ran meanwhile, on any connection. */
export async function countStatements(work: () => Promise<void>): Promise<Statements> {
  const counted: Statements = { reads: [], writes: [], locks: [], transactions: 0 };
  const note = (source: string) => {
    if (/^begin\b/.test(source)) counted.transactions += 1;
    else if (/ for no key update$/.test(source)) counted.locks.push(source);
    else if (!/^(commit|rollback)$/.test(source))
      counted[/^\s*(select|with)/i.test(source) ? 'reads' : 'writes'].push(source);
  };
  const end = isPostgres ? watchPostgres(note) : watchStatements(({ source }) => note(source));
  try {
    await work();
    if (isPostgres) await settle(20);
    else await idle(() => counted.reads.length + counted.writes.length);
  } finally {
    end();
  }
  return counted;
}

/** What streams read takes a turn of the event loop each: over once none ran in this many. */
const quietTurns = 300;

async function idle(count: () => number): Promise<void> {
  let last = count();
  for (let quiet = 0; quiet < quietTurns; quiet += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    if (count() === last) continue;
    last = count();
    quiet = 0;
  }
}
