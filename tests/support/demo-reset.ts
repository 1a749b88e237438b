import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { RunningApp } from './running-app';

type Row = Record<string, unknown>;

/**
 * Notes what a running app's database holds now.
 *
 * @returns a function that brings it back, with new ids: whatever the app or LiveKit still know of the
 *   people, conversations and calls of before no longer belongs to anyone
 */
export function noteCommunity(app: RunningApp): () => void {
  const file = join(app.dataDir, 'parley.db');
  const noted = withDatabase(file, (database) =>
    tableNames(database).map((table) => ({
      table,
      rows: database.prepare<[], Row>(`select * from ${table}`).all(),
    })),
  );
  let generation = 0;
  return () => {
    generation += 1;
    // The key of a direct conversation is made of two ids, in order.
    const newId = (value: unknown) =>
      typeof value === 'string' && idsPattern.test(value)
        ? value
            .split(':')
            .map((id) => idOf(id, generation))
            .sort()
            .join(':')
        : value;
    withDatabase(file, (database) => {
      database.pragma('foreign_keys = off');
      database
        .transaction(() => {
          for (const { table, rows } of noted) {
            database.prepare(`delete from ${table}`).run();
            for (const row of rows) {
              const columns = Object.keys(row);
              database
                .prepare(`insert into ${table} (${columns}) values (${columns.map(() => '?')})`)
                .run(Object.values(row).map(newId));
            }
          }
          const strays = database.prepare(strayPairs).pluck().all();
          if (strays.length > 0) throw new Error(`direct conversations without their pair: ${strays}`);
        })
        .immediate();
    });
  };
}

/** With a key of other people the app would make a second direct conversation for the same two. */
const strayPairs = `
  select id from conversations where kind = 'direct' and direct_pair is not
    (select group_concat(user_id, ':' order by user_id) from members where conversation_id = conversations.id)`;

/** How the ids of lib/ids.ts look, alone or with colons between them. */
const idsPattern = /^[a-z]+_[0-9a-f]{32}(:[a-z]+_[0-9a-f]{32})*$/;

const idOf = (id: string, generation: number) =>
  `${id.slice(0, id.indexOf('_'))}_${createHash('md5').update(`${generation} ${id}`).digest('hex')}`;

function tableNames(database: Database.Database): string[] {
  return database
    .prepare<[], string>(
      `select name from sqlite_master where type = 'table' and name not like 'sqlite%' and name not like '\\_\\_%' escape '\\'`,
    )
    .pluck()
    .all();
}

function withDatabase<Result>(file: string, work: (database: Database.Database) => Result): Result {
  const database = new Database(file);
  try {
    return work(database);
  } finally {
    database.close();
  }
}
