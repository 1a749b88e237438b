import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openFiles } from '@/lib/files/files.mjs';
import { pinnedNode, root } from '@/scripts/paths.mjs';
import { makeBucket } from '../support/bucket';

/** What `npm run move-files` says with this place and these settings, on a data folder with two pictures. */
async function moveFiles(place: string, settings: Record<string, string>) {
  const dataDir = mkdtempSync(join(tmpdir(), 'parley-moving-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  mkdirSync(join(dataDir, 'pictures'));
  for (const name of ['a', 'b']) writeFileSync(join(dataDir, 'pictures', `${name}.webp`), name);
  const { PATH } = process.env;
  const child = spawn(pinnedNode, ['scripts/move-files.mjs', place], {
    cwd: root,
    env: { NODE_ENV: 'test', ...(PATH && { PATH }), PARLEY_DATA_DIR: dataDir, ...settings },
  });
  let words = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (words += chunk));
  const [code] = await once(child, 'close');
  return { code, words };
}

test('pictures are copied from the data folder into a bucket, and the words say what to set', async () => {
  const { settings } = await makeBucket();
  const { PARLEY_FILES: place, PARLEY_FILES_KEY: key, PARLEY_FILES_SECRET: secret } = settings;
  const { code, words } = await moveFiles(place, { PARLEY_FILES_KEY: key, PARLEY_FILES_SECRET: secret });
  expect(words).toContain('2 pictures');
  expect(words).toContain(`PARLEY_FILES=${place}`);
  expect(code).toBe(0);
  const bucket = openFiles({ dataDir: '/nowhere', place, key, secret, region: 'us-east-1' });
  expect((await bucket.list('pictures')).sort()).toEqual(['pictures/a.webp', 'pictures/b.webp']);
  expect(Buffer.from((await bucket.read('pictures/b.webp')) ?? []).toString()).toBe('b');
});

test('a place that is none, and a bucket that refuses, are named', async () => {
  const none = await moveFiles('pictures', {});
  expect(none.words).toContain('PARLEY_FILES must be a folder');
  const { settings } = await makeBucket();
  const refused = await moveFiles(settings.PARLEY_FILES, {
    ...settings,
    PARLEY_FILES: '',
    PARLEY_FILES_SECRET: 'x',
  });
  expect(refused.words).toContain('refuses PARLEY_FILES_KEY');
  expect([none.code, refused.code]).toEqual([1, 1]);
});
