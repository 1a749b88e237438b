import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** What decides when a write is on the disk, as this file sets it. */
function durabilityOf(file: string): string[] {
  const pragmas = [...readFileSync(file, 'utf8').matchAll(/pragma\('(\w+) = (\w+)'\)/g)];
  const deciding = ['fullfsync', 'journal_mode', 'locking_mode', 'synchronous', 'wal_autocheckpoint'];
  return pragmas
    .filter(([, name = '']) => deciding.includes(name))
    .map(([, name, value]) => `${name} = ${value}`)
    .sort();
}

test('a floor writes as durably as Parley does', () => {
  expect(durabilityOf('scripts/bench/floor-starts.mjs')).toEqual(durabilityOf('db/sqlite-store.ts'));
  expect(durabilityOf('db/sqlite-store.ts')).toContain('synchronous = FULL');
});
