import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { upgrade } from '@/db/migrate';
import {
  makeFolder,
  makePreviousVersion,
  previousMigrations,
  rowsIn,
  tablesIn,
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
