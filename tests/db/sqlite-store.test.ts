import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { migrate } from '@/db/migrate';
import { openStore } from '@/db/open-store';
import { isStoreBusy } from '@/db/store-errors';
import { writeOne, writtenIn } from '../support/write-one';

function openFresh() {
  const folder = mkdtempSync(join(tmpdir(), 'parley-store-'));
  const file = join(folder, 'parley.db');
  migrate(file);
  const store = openStore(file);
  onTestFinished(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const written = () => writtenIn(store);
  return { store, file, written };
}

it('while another process writes, reads go on and a write waits without stopping the process', async () => {
  const { store, file, written } = openFresh();
  const intruder = new Database(file);
  intruder.exec('BEGIN IMMEDIATE');
  let isDone = false;
  const writing = store.transaction(writeOne).then(() => {
    isDone = true;
  });
  for (let n = 0; n < 20; n += 1) {
    expect(await written()).toBe(0);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(isDone).toBe(false);
  intruder.exec('ROLLBACK');
  intruder.close();
  await writing;
  expect(await written()).toBe(1);
});

it('a write that another process keeps out for too long fails as busy, and so do all behind it, together', async () => {
  const { store, file } = openFresh();
  const intruder = new Database(file);
  intruder.exec('BEGIN IMMEDIATE');
  const since = performance.now();
  const failures = await Promise.all(
    [1, 2, 3].map(() =>
      store.transaction(writeOne).then(
        () => null,
        (error: unknown) => ({ isBusy: isStoreBusy(error), afterMs: performance.now() - since }),
      ),
    ),
  );
  expect(failures.map((failure) => failure?.isBusy)).toEqual([true, true, true]);
  const waits = failures.map((failure) => failure?.afterMs ?? 0);
  expect(Math.max(...waits), 'one wait for all of them').toBeLessThan(2 * Math.min(...waits));
  intruder.close();
}, 15_000);
