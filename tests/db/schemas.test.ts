import { getTableConfig as configOfPostgres } from 'drizzle-orm/pg-core';
import { getTableConfig as configOfSqlite } from 'drizzle-orm/sqlite-core';
import { describe, expect, it } from 'vitest';
import * as postgresTables from '@/db/schema.postgres';
import * as postgresPush from '@/db/schema.push.postgres';
import * as sqlitePush from '@/db/schema.push.sqlite';
import * as sqliteTables from '@/db/schema.sqlite';

const postgres = { ...postgresTables, ...postgresPush };
const sqlite = { ...sqliteTables, ...sqlitePush };

type Column = { name: string; notNull: boolean; hasDefault: boolean; primary: boolean; isUnique: boolean };
type Config = {
  name: string;
  columns: Column[];
  indexes: {
    config: { name?: string | undefined; unique?: boolean | undefined; columns: unknown[]; where?: unknown };
  }[];
  foreignKeys: {
    reference: () => { columns: { name: string }[]; foreignColumns: { name: string }[] };
    onDelete?: string | undefined;
  }[];
};

/** What both databases must say of a table; the types compare what rows look like (db/schema.ts). */
const shapeOf = ({ name, columns, indexes, foreignKeys }: Config) => ({
  name,
  columns: columns.map((one) => [one.name, one.notNull, one.isUnique]),
  indexes: indexes.map(({ config }) => [
    config.name,
    config.unique,
    config.columns.map((column) => (column as Column).name),
    config.where !== undefined,
  ]),
  foreignKeys: foreignKeys.map((key) => [
    key.reference().columns.map((one) => one.name),
    key.reference().foreignColumns.map((one) => one.name),
    key.onDelete ?? 'no action',
  ]),
});

describe('both databases have', () => {
  const tables = new Map(Object.entries(postgres));

  it('the same tables', () => {
    expect([...tables.keys()].sort()).toEqual(Object.keys(sqlite).sort());
  });

  it.each(Object.entries(sqlite))('the same columns, indexes and references in %s', (name, table) => {
    const copy = tables.get(name);
    expect(copy && shapeOf(configOfPostgres(copy))).toEqual(shapeOf(configOfSqlite(table)));
  });
});
