import pg from 'pg';
import { moveTable, upgradePostgres } from '@/db/upgrade-postgres.mjs';
import { type MovedTable, readTables } from '../../scripts/move-table.mjs';

/** Migrated, without content; every database of a test is a copy of it. */
const template = 'parley_template';
const ofTests = 'parley_test_';

/** The address of another database on the same server. */
function urlOf(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Makes the template anew, and removes what an earlier run left behind. */
export async function makeTemplate(server: string): Promise<void> {
  await withClient(server, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select datname as name from pg_database where datname = $1 or datname like $2`,
      [template, `${ofTests}%`],
    );
    for (const { name } of rows) await client.query(`drop database ${name} with (force)`);
    await client.query(`create database ${template} template template0 encoding 'UTF8' locale 'C'`);
  });
  await upgradePostgres(urlOf(server, template));
}

let made = 0;

/** Makes a database without tables, or as the template has them. */
export async function makeDatabase(
  server: string,
  { isEmpty = false, encoding = 'UTF8' }: { isEmpty?: boolean; encoding?: string | undefined } = {},
): Promise<string> {
  made += 1;
  const name = `${ofTests}${process.pid}_${made}`;
  const how = isEmpty ? `template template0 encoding '${encoding}' locale 'C'` : `template ${template}`;
  await withClient(server, (client) => client.query(`create database ${name} ${how}`));
  return urlOf(server, name);
}

type Kept = { url: string; client: pg.Client; tables: MovedTable[] };
/** Those of this worker that no test uses, empty. */
const free: Kept[] = [];
/** One with more rows is not emptied but left alone: another one is made sooner. */
const mostRows = 2000;

/** Lends a test a database as the template has it. */
export async function borrowDatabase(server: string): Promise<{ url: string; giveBack(): Promise<void> }> {
  const kept = free.pop() ?? (await keep(await makeDatabase(server)));
  return {
    url: kept.url,
    async giveBack() {
      if (await empty(kept)) free.push(kept);
      else await kept.client.end();
    },
  };
}

async function keep(url: string): Promise<Kept> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  client.on('error', () => {});
  return { url, client, tables: await readTables(client, moveTable) };
}

/** Deleting takes less than `truncate` where there is little. A new key for the community, so that no memory of another test fits. */
async function empty({ client, tables }: Kept): Promise<boolean> {
  const counts = tables.map(({ name }) => `(select count(*) from "${name}")`);
  const { rows } = await client.query<{ most: string }>(`select greatest(${counts}) as most`);
  if (Number(rows[0]?.most) > mostRows) return false;
  const statements = tables.toReversed().map(({ name }) => `delete from "${name}"`);
  for (const { name, identity } of tables) {
    if (identity)
      statements.push(`select setval(pg_get_serial_sequence('${name}', '${identity}'), 1, false)`);
  }
  statements.push(
    `insert into community (id, name, registration, room_key) values (1, 'Parley', 'invite', md5(random()::text))`,
  );
  await client.query(statements.join(';'));
  return true;
}
