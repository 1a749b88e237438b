import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { upgrade } from '@/db/migrate';
import {
  makeFolder,
  makePreviousVersion,
  migrationNames,
  previousMigrations,
  rowsIn,
  tablesIn,
  withDatabase,
} from '../support/previous-version';

describe('a start with a newer version', () => {
  it('keeps everything, and backs up first what was there: database, pictures, secrets', async () => {
    const dataDir = makePreviousVersion();
    const before = rowsIn(dataDir);
    const made = (await upgrade(dataDir)) ?? '';
    expect(rowsIn(dataDir)).toEqual({ ...before, migrations: before.migrations + 1 });
    expect(before).toMatchObject({ integrity: 'ok', broken: [], said: [{ text: 'hello' }] });
    expect(made.startsWith(join(dataDir, 'backups'))).toBe(true);
    expect(rowsIn(made)).toEqual(before);
    expect(readFileSync(join(made, 'pictures', 'a.webp'), 'utf8')).toBe('a picture');
    expect(existsSync(join(made, 'secrets.json'))).toBe(true);
  });

  it('gives exactly the tables of a new database', async () => {
    const [old, fresh] = [makePreviousVersion(), makeFolder()];
    await upgrade(old);
    await upgrade(fresh);
    expect(tablesIn(old)).toEqual(tablesIn(fresh));
  });

  it('fills the call log and the totals from the calls that are there', async () => {
    const count = migrationNames.findIndex((name) => name.endsWith('_call_log.sql'));
    const dataDir = makePreviousVersion(count);
    withDatabase(dataDir, (database) => {
      const call = database.prepare(
        `insert into calls (id, conversation_id, caller_id, status, end_reason, room_name, created_at, ended_at)
         values (@id, 'conv_1', 'user_0', @status, @reason, @id, 1, 2)`,
      );
      const entry = database.prepare(
        `insert into messages (id, conversation_id, author_id, text, call_id, sent_at)
         values ('msg_' || @id, 'conv_1', 'user_0', '', @id, 1)`,
      );
      const ring = database.prepare(
        `insert into rings (id, call_id, user_id, ringer_id, state, started_at, deadline_at)
         values (@id || @user || @state, @id, @user, 'user_0', @state, 1, 2)`,
      );
      const part = database.prepare(
        `insert into participations (call_id, user_id, client_id, sign_in_id, state, entered_at)
         values (@id, @user, 'tab', 'signin', 'left', 1)`,
      );
      for (const [id, status, reason] of [
        ['call_1', 'ended', 'cancelled'],
        ['call_2', 'ended', 'completed'],
        ['call_3', 'ringing', null],
      ]) {
        call.run({ id, status, reason });
        entry.run({ id });
        part.run({ id, user: 'user_0' });
      }
      // Missed; declined after a missed ring; never rung; joined after a missed ring; still ringing.
      ring.run({ id: 'call_1', user: 'user_1', state: 'cancelled' });
      ring.run({ id: 'call_1', user: 'user_2', state: 'missed' });
      ring.run({ id: 'call_1', user: 'user_2', state: 'declined' });
      ring.run({ id: 'call_1', user: 'user_3', state: 'not_allowed' });
      ring.run({ id: 'call_2', user: 'user_1', state: 'missed' });
      part.run({ id: 'call_2', user: 'user_1' });
      ring.run({ id: 'call_3', user: 'user_1', state: 'ringing' });
    });
    await upgrade(dataDir);
    withDatabase(dataDir, (database) => {
      const log = database.prepare(
        'select user_id, call_id, missed_at from call_log order by call_id, user_id',
      );
      expect(log.raw().all()).toEqual([
        ['user_0', 'call_1', null],
        ['user_1', 'call_1', 2],
        ['user_2', 'call_1', null],
        ['user_0', 'call_2', null],
        ['user_1', 'call_2', null],
        ['user_0', 'call_3', null],
        ['user_1', 'call_3', null],
      ]);
      const totals = database.prepare('select * from outcome_totals order by kind, outcome');
      expect(totals.raw().all()).toEqual([
        ['call', 'cancelled', 1],
        ['call', 'completed', 1],
        ['ring', 'cancelled', 1],
        ['ring', 'declined', 1],
        ['ring', 'missed', 2],
        ['ring', 'not_allowed', 1],
      ]);
    });
  });

  it('numbers the people who are there in the order in which they joined', async () => {
    const count = migrationNames.findIndex((name) => name.endsWith('_join_numbers.sql'));
    const dataDir = makePreviousVersion(count);
    withDatabase(dataDir, (database) => {
      database.exec("update users set created_at = 0 where id = 'user_7'");
      database.exec("update users set created_at = 2 where id in ('user_3', 'user_4')");
    });
    await upgrade(dataDir);
    withDatabase(dataDir, (database) => {
      const numbers = database.prepare('select id from users order by join_number').pluck().all();
      const others = Array.from({ length: 50 }, (_, n) => n).filter((n) => ![7, 3, 4].includes(n));
      expect(numbers).toEqual([7, ...others, 3, 4].map((n) => `user_${n}`));
      expect(database.prepare('select min(join_number), max(join_number) from users').raw().get()).toEqual([
        1, 50,
      ]);
    });
  });

  it('numbers the groups that are there in the order in which they were created', async () => {
    const count = migrationNames.findIndex((name) => name.endsWith('_group_numbers.sql'));
    const dataDir = makePreviousVersion(count);
    withDatabase(dataDir, (database) => {
      const create = database.prepare(
        `insert into conversations (id, kind, created_at, last_activity_at) values (?, ?, ?, 9)`,
      );
      create.run('late', 'group', 3);
      create.run('one', 'group', 2);
      create.run('pair', 'direct', 1);
      create.run('two', 'group', 2);
    });
    await upgrade(dataDir);
    withDatabase(dataDir, (database) => {
      const numbers = database.prepare(
        'select id, group_number from conversations order by group_number, id',
      );
      expect(numbers.raw().all()).toEqual([
        ['conv_1', null],
        ['pair', null],
        ['one', 1],
        ['two', 2],
        ['late', 3],
      ]);
    });
  });

  it('backs up nothing when nothing changes, nor for a new community', async () => {
    const dataDir = makeFolder();
    expect(await upgrade(dataDir)).toBeNull();
    expect(await upgrade(dataDir)).toBeNull();
    expect(existsSync(join(dataDir, 'backups'))).toBe(false);
  });

  it('can be gone back from: the previous version starts on the backup', async () => {
    const dataDir = makePreviousVersion();
    const before = rowsIn(dataDir);
    const made = await upgrade(dataDir);
    const again = join(makeFolder(), 'data');
    execFileSync('cp', ['-R', made ?? '', again]);
    rmSync(dataDir, { recursive: true });
    expect(await upgrade(again, previousMigrations())).toBeNull();
    expect(rowsIn(again)).toEqual(before);
  });

  it('is refused on a database that a newer version wrote, which stays as it is', async () => {
    const dataDir = makeFolder();
    await upgrade(dataDir);
    const before = tablesIn(dataDir);
    await expect(upgrade(dataDir, previousMigrations())).rejects.toThrow('newer version');
    expect(tablesIn(dataDir)).toEqual(before);
  });
});
