import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pinnedNode, root } from '@/scripts/paths.mjs';
import { makePreviousVersion, migrationCount, rowsIn, tablesIn } from '../support/previous-version';

/** Runs the upgrade in a process of its own, which is killed at this point; answers the signal it ended with. */
function upgradeUntil(dataDir: string, point: string): NodeJS.Signals | null {
  const support = join(root, 'tests', 'support');
  const { signal, status, stderr } = spawnSync(
    pinnedNode,
    [
      '--no-warnings',
      '--import',
      join(support, 'product-process.mjs'),
      join(support, 'upgrade-and-die.mjs'),
      dataDir,
      point,
    ],
    { cwd: root, encoding: 'utf8' },
  );
  if (signal === null && status !== 0) throw new Error(stderr);
  return signal;
}

/**
 * While the backup is made; after so many statements of the migrations since the first version, one of
 * them between two migrations; right before the commit.
 */
const points = ['backup', '0', '1', '3', '5', '6', 'before-commit'];

test.each(points)(
  '42: an upgrade killed at “%s” leaves the old version whole, and the next start brings it up',
  (point) => {
    const dataDir = makePreviousVersion(1);
    const rows = rowsIn(dataDir);
    const tables = tablesIn(dataDir);
    expect(upgradeUntil(dataDir, point)).toBe('SIGKILL');
    expect(rowsIn(dataDir)).toEqual(rows);
    expect(tablesIn(dataDir)).toEqual(tables);
    expect(upgradeUntil(dataDir, 'never')).toBeNull();
    expect(rowsIn(dataDir)).toEqual({ ...rows, migrations: migrationCount });
    const backups = readdirSync(join(dataDir, 'backups')).filter((name) => !name.endsWith('.partial'));
    expect(rowsIn(join(dataDir, 'backups', backups[0] ?? ''))).toEqual(rows);
  },
  60_000,
);

test('42: an upgrade killed right after the commit leaves the new version whole', () => {
  const dataDir = makePreviousVersion(1);
  const rows = rowsIn(dataDir);
  expect(upgradeUntil(dataDir, 'after-commit')).toBe('SIGKILL');
  expect(rowsIn(dataDir)).toEqual({ ...rows, migrations: migrationCount });
  expect(upgradeUntil(dataDir, 'never')).toBeNull();
}, 60_000);
