import Database from 'better-sqlite3';
import { expect, it, onTestFinished, vi } from 'vitest';
import { keepStatements } from '@/db/kept-statements';

/** A connection, and which statements it has prepared so far. */
function connect() {
  const prepared: string[] = [];
  const prepare = Database.prototype.prepare;
  const spy = vi.spyOn(Database.prototype, 'prepare').mockImplementation(function (
    this: Database.Database,
    source,
  ) {
    prepared.push(source);
    return prepare.call(this, source);
  });
  onTestFinished(() => spy.mockRestore());
  return { connection: keepStatements(new Database(':memory:')), prepared };
}

it('a statement is prepared once, however often it runs', () => {
  const { connection, prepared } = connect();
  for (let n = 1; n <= 3; n += 1) expect(connection.prepare('select ? as n').get(n)).toEqual({ n });
  expect(prepared).toEqual(['select ? as n']);
});

it('a use that asked for arrays does not change what the next one gets', () => {
  const { connection } = connect();
  expect(connection.prepare('select 1 as one').raw().get()).toEqual([1]);
  expect(connection.prepare('select 1 as one').get()).toEqual({ one: 1 });
});

it('of more statements than it keeps the one that was not used for longest is prepared again', () => {
  const { connection, prepared } = connect();
  connection.prepare('select 0');
  connection.prepare('select -1');
  for (let n = 1; n < 499; n += 1) connection.prepare(`select ${n}`);
  connection.prepare('select 0');
  connection.prepare('select 500');
  prepared.length = 0;
  connection.prepare('select 0');
  connection.prepare('select -1');
  expect(prepared).toEqual(['select -1']);
});
