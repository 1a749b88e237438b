import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { databaseUrl } from '@/db/dialect';
import { migrate } from '@/db/migrate';
import { upgradePostgres } from '@/db/upgrade-postgres.mjs';
import { type MoveProgress, moveCommunity } from '@/scripts/move-community.mjs';
import { pinnedNode, root } from '@/scripts/paths.mjs';
import { makeDatabase, withClient } from '../support/postgres-databases';
import { makeTestFolder } from '../support/test-database';

const people = 25;

/** A community in a SQLite file, with every kind of value, and an empty database for it. */
async function aCommunity() {
  const dataDir = makeTestFolder();
  migrate(join(dataDir, 'parley.db'));
  const file = new Database(join(dataDir, 'parley.db'));
  onTestFinished(() => void file.close());
  const person = file.prepare(
    `insert into users (id, username, display_name, about, password_hash, message_permission, call_permission,
       is_operator, join_number, created_at, suspended_at)
     values ('user_' || @name, 'user' || @name, 'Zoë 😀 ' || @name, @about, 'hash', 'everyone', 'known', @n = 1, @n, 1700000000123, @suspended)`,
  );
  for (let n = 1; n <= people; n += 1)
    person.run({ n, name: `${n}`, about: n === 3 ? "it's\n“so”\\" : '', suspended: n === 4 ? 5 : null });
  file.exec(
    `insert into conversations (id, kind, title, created_at, last_activity_at) values ('conv_1', 'channel', 'general', 1, 1);
     insert into members (conversation_id, user_id, joined_at, calls_muted) select 'conv_1', id, 1, join_number % 2 from users;
     insert into messages (seq, id, conversation_id, author_id, text, sent_at) values
       (7, 'msg_1', 'conv_1', 'user_1', 'hello', 1), (9, 'msg_2', 'conv_1', 'user_2', '', 2), (20, 'msg_3', 'conv_1', 'user_2', 'x', 2);
     delete from messages where seq = 20;`,
  );
  const url = await makeDatabase(databaseUrl ?? '', { isEmpty: true });
  return { dataDir, file, url };
}

const rowsOf = (url: string, sql: string) =>
  withClient(url, async (client) => (await client.query(sql)).rows);

it('moves every row, and what is written afterwards is numbered after it', async () => {
  const { dataDir, url } = await aCommunity();
  const { rows } = await moveCommunity({ dataDir, url, rowsAtOnce: 10 });
  expect(rows).toBe(1 + people + 1 + people + 2);
  const [operator] = await rowsOf(url, `select * from users where is_operator`);
  expect(operator).toMatchObject({
    id: 'user_1',
    display_name: 'Zoë 😀 1',
    removed_at: null,
  });
  expect(Number(operator?.created_at)).toBe(1_700_000_000_123);
  expect(await rowsOf(url, `select about from users where id = 'user_3'`)).toEqual([
    { about: "it's\n“so”\\" },
  ]);
  const [added] = await rowsOf(
    url,
    `insert into messages (id, conversation_id, author_id, text, sent_at) values ('msg_4', 'conv_1', 'user_1', '', 3) returning seq`,
  );
  expect(Number(added?.seq)).toBe(21);
  expect(await upgradePostgres(url), 'starts').toEqual({ isNew: false });
});

it('goes on where it was interrupted, wherever that was', async () => {
  const { dataDir, url } = await aCommunity();
  let parts = 0;
  for (let breakAt = 1; ; breakAt += 1) {
    let seen = 0;
    const onProgress = () => {
      seen += 1;
      parts += 1;
      if (seen === breakAt) throw new Error('interrupted');
    };
    const moving = moveCommunity({ dataDir, url, onProgress, rowsAtOnce: 10 });
    const end = await moving.then(
      () => 'done',
      (error: Error) => error.message,
    );
    if (end === 'done') break;
    expect(end).toBe('interrupted');
    await expect(upgradePostgres(url), 'no start meanwhile').rejects.toThrow('move-database again');
  }
  expect(parts).toBeGreaterThan(20);
  expect(await rowsOf(url, 'select id from users')).toHaveLength(people);
});

it('says how far it is, up to the last row', async () => {
  const { dataDir, url } = await aCommunity();
  const said: MoveProgress[] = [];
  await moveCommunity({ dataDir, url, onProgress: (progress) => said.push(progress), rowsAtOnce: 10 });
  const last = said.at(-1);
  expect(last?.done).toBe(last?.total);
  expect(new Set(said.map(({ phase }) => phase))).toEqual(new Set(['copied', 'verified']));
});

it('a row that differs is found, and named', async () => {
  const { dataDir, url } = await aCommunity();
  const onProgress = ({ phase }: MoveProgress) => {
    if (phase === 'verified') throw new Error('interrupted');
  };
  await expect(moveCommunity({ dataDir, url, onProgress })).rejects.toThrow('interrupted');
  await rowsOf(url, `update users set about = 'changed' where id = 'user_2'`);
  await expect(moveCommunity({ dataDir, url })).rejects.toThrow(
    'users is not the same in PostgreSQL (row ["user_2"])',
  );
  await rowsOf(url, `update users set about = '' where id = 'user_2'`);
  await rowsOf(
    url,
    `insert into conversations (id, kind, created_at, last_activity_at) values ('conv_2', 'group', 1, 1)`,
  );
  await expect(moveCommunity({ dataDir, url })).rejects.toThrow('2 rows instead of 1');
});

it('what is in use or of another version is not moved, and nothing is copied over', async () => {
  const { dataDir, file, url } = await aCommunity();
  const other = await aCommunity();
  await upgradePostgres(other.url);
  await expect(moveCommunity({ dataDir, url: other.url })).rejects.toThrow('not empty');
  const interrupted = () => {
    throw new Error('interrupted');
  };
  await expect(moveCommunity({ dataDir, url, onProgress: interrupted })).rejects.toThrow('interrupted');
  await expect(moveCommunity({ dataDir: other.dataDir, url })).rejects.toThrow('another community');
  file.exec('begin immediate');
  await expect(moveCommunity({ dataDir, url })).rejects.toThrow('Stop Parley first');
  file.exec('rollback');
  file.exec(
    'delete from __drizzle_migrations where created_at = (select max(created_at) from __drizzle_migrations)',
  );
  await expect(moveCommunity({ dataDir, url })).rejects.toThrow('another version');
});

it('is what npm run move-database does', async () => {
  const { dataDir, url } = await aCommunity();
  const run = (...args: string[]) =>
    execFileSync(pinnedNode, ['scripts/move-database.mjs', ...args], {
      cwd: root,
      encoding: 'utf8',
      stdio: 'pipe',
      env: { PATH: process.env.PATH, NODE_ENV: 'test', PARLEY_DATA_DIR: dataDir },
    });
  expect(() => run()).toThrow('Where to?');
  expect(run(url)).toContain(`${1 + people + 1 + people + 2} rows, each compared with its copy`);
  expect(() => run(url)).toThrow('not empty');
});
