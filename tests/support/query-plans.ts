import type Database from 'better-sqlite3';
import { watchStatements } from './count-statements';

/**
 * Runs `work` and returns the statements that ran meanwhile and whose plan says that they read a whole table or index,
 * or sort what they then cut off, each with that line of its plan. A plan depends on the schema alone, because there
 * are no statistics (db/conditions.ts): what empty tables show is what large ones do.
 */
export async function unboundedReads(work: () => Promise<void>): Promise<string[]> {
  const seen = new Map<string, string[]>();
  const end = watchStatements(({ source, database }, values) => {
    if (seen.has(source) || !/^\s*(select|with|update|delete|insert)/i.test(source)) return;
    // Noted before the plan is read, which takes a statement, too.
    seen.set(source, []);
    seen.set(source, unboundedIn(database, source, values));
  });
  try {
    await work();
  } finally {
    end();
  }
  return [...seen].flatMap(([sql, lines]) => lines.map((line) => `${line}: ${sql}`));
}

function unboundedIn(database: Database.Database, sql: string, values: unknown[]): string[] {
  const plan = database.prepare<unknown[], { detail: string }>(`explain query plan ${sql}`).all(...values);
  const isUnbounded = (detail: string) =>
    // Parentheses: what a part of the same statement found. CLAUSE, ROW: its own values.
    (/^SCAN (?!\()/.test(detail) && !/(CLAUSE|ROW)$/.test(detail)) ||
    (/TEMP B-TREE FOR ORDER BY/.test(detail) && /\blimit \?$/.test(sql));
  return plan.map(({ detail }) => detail).filter(isUnbounded);
}
