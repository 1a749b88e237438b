import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backUp } from '@/db/back-up.mjs';
import { makeDemoCommunity } from '@/db/demo-community';
import { migrate } from '@/db/migrate';
import { openStore } from '@/db/open-store';
import { users } from '@/db/schema';
import type { Store } from '@/db/store';
import { systemClock } from '@/lib/clock';
import { pinnedNode, root } from '@/scripts/paths.mjs';
import { readSecrets } from '@/scripts/secrets.mjs';

let folder: string;
let dataDir: string;
let store: Store;

/** A data folder as a running community has it: database open, a picture, generated secrets. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parley-backup-'));
  dataDir = join(folder, 'data');
  readSecrets(dataDir);
  mkdirSync(join(dataDir, 'pictures'));
  writeFileSync(join(dataDir, 'pictures', 'a.webp'), 'a picture');
  migrate(join(dataDir, 'parley.db'));
  store = openStore(join(dataDir, 'parley.db'));
  await makeDemoCommunity(store, systemClock, async () => 'hash');
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const contents = (at: string) => {
  const database = new Database(join(at, 'parley.db'), { readonly: true });
  try {
    return database.prepare('select id, text from messages order by seq').all();
  } finally {
    database.close();
  }
};

describe('a backup', () => {
  it('is made while the app writes, and holds everything that was there when it began', async () => {
    const before = contents(dataDir);
    let isMade = false;
    const writing = (async () => {
      for (let n = 0; !isMade; n += 1) {
        await store.transaction(async (tx) => {
          await tx.update(users).set({ about: `${n}` });
        });
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const made = await backUp(dataDir, join(folder, 'backups'));
    isMade = true;
    await writing;
    expect(contents(made)).toEqual(before);
    expect(before.length).toBeGreaterThan(10);
    expect(readdirSync(made).sort()).toEqual(['backup.json', 'parley.db', 'pictures', 'secrets.json']);
    expect(readFileSync(join(made, 'pictures', 'a.webp'), 'utf8')).toBe('a picture');
    expect(readFileSync(join(made, 'secrets.json'), 'utf8')).toBe(
      readFileSync(join(dataDir, 'secrets.json'), 'utf8'),
    );
  });

  it('is for its owner’s eyes only', async () => {
    const made = await backUp(dataDir, join(folder, 'backups'));
    expect(statSync(made).mode & 0o777).toBe(0o700);
    for (const name of ['parley.db', 'secrets.json']) {
      expect(statSync(join(made, name)).mode & 0o777).toBe(0o600);
    }
  });

  it('of a damaged database is refused, and no half backup is left', async () => {
    await store.close();
    const file = join(dataDir, 'parley.db');
    const bytes = readFileSync(file);
    bytes.fill(0xff, 8192, 16384);
    writeFileSync(file, bytes);
    await expect(backUp(dataDir, join(folder, 'backups'))).rejects.toThrow();
    expect(readdirSync(join(folder, 'backups'))).toEqual([]);
    rmSync(file);
    migrate(file);
    store = openStore(file);
  });

  it('deletes what killed backups left, and no other file', async () => {
    const into = join(folder, 'shared');
    const dayAndMore = new Date(Date.now() - 25 * 3600 * 1000);
    const make = (name: string, isFolder = true, changedAt = dayAndMore) => {
      mkdirSync(into, { recursive: true });
      if (isFolder) mkdirSync(join(into, name));
      else writeFileSync(join(into, name), 'precious');
      utimesSync(join(into, name), changedAt, changedAt);
      return name;
    };
    for (const label of ['', '-2', '-before-upgrade', '-before-upgrade-2'])
      make(`2026-01-05T03-00-00Z${label}.partial`);
    const others = [
      make('holiday.tar.gz.x9d4.partial', false),
      make('photos.partial'),
      make('2026-01-05.partial'),
      make('2026-01-05T03-00-00Z.partial.partial'),
      make('of-2026-01-05T03-00-00Z.partial'),
      make('2026-01-06T03-00-00Z.partial', false),
      make('2026-01-07T03-00-00Z.partial', true, new Date()),
      make('2026-01-04T03-00-00Z'),
    ];
    symlinkSync('nowhere', join(into, 'gone.partial'));
    const made = await backUp(dataDir, into);
    expect(readdirSync(into).sort()).toEqual([...others, 'gone.partial', basename(made)].sort());
  });

  it('restored as docs/operating.md says is the community as it was', async () => {
    const before = contents(dataDir);
    const made = await backUp(dataDir, join(folder, 'backups'));
    await store.transaction(async (tx) => {
      await tx.update(users).set({ about: 'written after the backup' });
    });
    await store.close();
    // The commands of the page, word for word: the old folder aside, a copy of the backup in its place.
    execFileSync('mv', [dataDir, `${dataDir}.old`]);
    execFileSync('cp', ['-R', made, dataDir]);
    migrate(join(dataDir, 'parley.db'));
    store = openStore(join(dataDir, 'parley.db'));
    expect(contents(dataDir)).toEqual(before);
    expect((await store.db.select().from(users)).map((row) => row.about)).not.toContain(
      'written after the backup',
    );
    await store.transaction(async (tx) => {
      await tx.update(users).set({ about: 'and it goes on' });
    });
    expect(readSecrets(dataDir)).toEqual(readSecrets(`${dataDir}.old`));
  });

  it('is what npm run backup makes, and it says where', () => {
    const output = execFileSync(pinnedNode, ['scripts/backup.mjs', join(folder, 'elsewhere')], {
      cwd: root,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, NODE_ENV: 'test', PARLEY_DATA_DIR: dataDir },
    });
    const made = /The backup is in (\S+)/.exec(output)?.[1] ?? '';
    expect(made.startsWith(join(folder, 'elsewhere'))).toBe(true);
    expect(contents(made)).toEqual(contents(dataDir));
  });

  it('of a folder without a database ends with a sentence', async () => {
    mkdirSync(join(folder, 'empty'));
    cpSync(join(dataDir, 'secrets.json'), join(folder, 'empty', 'secrets.json'));
    await expect(backUp(join(folder, 'empty'), folder)).rejects.toThrow('There is no database in');
    expect(existsSync(join(folder, 'empty', 'parley.db'))).toBe(false);
  });
});
