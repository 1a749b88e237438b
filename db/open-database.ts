import 'server-only';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { upgrade } from './migrate';
import { openStore } from './open-store';
import type { Store } from './store';
import { upgradePostgres } from './upgrade-postgres.mjs';

/**
 * Brings the community's database to this version and opens it.
 *
 * @param place the PostgreSQL database at `url`, or without one the file in `dataDir`
 * @returns `isNew`: there was none before; `backup`: the folder of the copy that was made of an older SQLite file
 * @throws when a newer version of Parley wrote the database
 */
export async function openDatabase({
  dataDir,
  url,
}: {
  dataDir: string;
  url: string | undefined;
}): Promise<{ store: Store; isNew: boolean; backup: string | null }> {
  if (url) {
    const { isNew } = await upgradePostgres(url);
    return { store: openStore(url), isNew, backup: null };
  }
  const file = join(dataDir, 'parley.db');
  const isNew = !existsSync(file);
  const backup = await upgrade(dataDir);
  return { store: openStore(file), isNew, backup };
}
