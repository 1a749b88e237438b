import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { bucketFiles } from '@/lib/files/bucket-files.mjs';
import { type Files, openFiles } from '@/lib/files/files.mjs';
import { FilesUnavailable } from '@/lib/files/files-unavailable.mjs';
import { copyFiles } from '@/scripts/copy-files.mjs';
import { freePort } from '@/scripts/free-ports.mjs';
import { makeBucket } from '../support/bucket';

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-files-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
const region = 'us-east-1';
const inFolder = async () => openFiles({ dataDir: '/nowhere', place: makeFolder(), region });
const openBucket = (settings: Awaited<ReturnType<typeof makeBucket>>['settings'], path = '') =>
  openFiles({
    dataDir: '/nowhere',
    place: `${settings.PARLEY_FILES}${path}`,
    key: settings.PARLEY_FILES_KEY,
    secret: settings.PARLEY_FILES_SECRET,
    region,
  });
const places: [string, () => Promise<Files>][] = [
  ['a folder', inFolder],
  ['a bucket', async () => openBucket((await makeBucket()).settings)],
  ['a path in a bucket', async () => openBucket((await makeBucket()).settings, '/of/parley/')],
];

describe.each(places)('%s', (_, open) => {
  it('returns what it was given, byte for byte, and null for what it was not', async () => {
    const files = await open();
    const bytes = Uint8Array.from({ length: 70_000 }, (_, at) => (at * 7) % 256);
    expect(await files.read('pictures/a.webp')).toBeNull();
    await files.put('pictures/a.webp', bytes);
    await files.put('pictures/empty.webp', new Uint8Array());
    expect(await files.read('pictures/a.webp')).toEqual(bytes);
    expect(await files.read('pictures/empty.webp')).toEqual(new Uint8Array());
    expect(await files.read('pictures/b.webp')).toBeNull();
  });

  it('lists the names in one folder only, and none before there is one', async () => {
    const files = await open();
    expect(await files.list('pictures')).toEqual([]);
    for (const name of ['pictures/b.webp', 'pictures/a.webp', 'pictures2/c.webp'])
      await files.put(name, new Uint8Array([1]));
    expect((await files.list('pictures')).sort()).toEqual(['pictures/a.webp', 'pictures/b.webp']);
    expect(await files.check()).toBeTruthy();
  });

  it('has nothing of what was removed, and removing it again is no error', async () => {
    const files = await open();
    await files.put('pictures/a.webp', new Uint8Array([1]));
    await files.remove('pictures/a.webp');
    await files.remove('pictures/a.webp');
    expect([await files.read('pictures/a.webp'), await files.list('pictures')]).toEqual([null, []]);
  });
});

it('a bucket lists all of its files, however few its server returns at once', async () => {
  const {
    PARLEY_FILES: address,
    PARLEY_FILES_KEY: key,
    PARLEY_FILES_SECRET: secret,
  } = (await makeBucket()).settings;
  const files = bucketFiles({ address, key, secret, region, pageSize: 2 });
  const names = Array.from({ length: 5 }, (_, at) => `pictures/${at}.webp`);
  for (const name of names) await files.put(name, new Uint8Array([1]));
  expect(await files.list('pictures')).toEqual(names);
});

describe('a place that cannot be used says why', () => {
  const refusalOf = async (files: Files) => {
    const words: string[] = [];
    for (const attempt of [
      files.check(),
      files.put('pictures/a.webp', new Uint8Array([1])),
      files.read('pictures/a.webp'),
    ])
      await attempt.catch((error: unknown) => {
        expect(error).toBeInstanceOf(FilesUnavailable);
        words.push(String(error));
      });
    expect(words).toHaveLength(3);
    return words.join('\n');
  };

  it('a server that is not there', async () => {
    const origin = `http://127.0.0.1:${await freePort(17_900)}`;
    const settings = {
      PARLEY_FILES: `${origin}/parley`,
      PARLEY_FILES_KEY: 'key',
      PARLEY_FILES_SECRET: 'secret',
    };
    expect(await refusalOf(openBucket(settings))).toContain(
      `no S3 server answers at ${origin} (ECONNREFUSED)`,
    );
  });

  it('a secret that is not the key’s, without naming it', async () => {
    const { settings } = await makeBucket();
    const words = await refusalOf(openBucket({ ...settings, PARLEY_FILES_SECRET: 'another-secret' }));
    expect(words).toContain('refuses PARLEY_FILES_KEY and PARLEY_FILES_SECRET');
    expect(words).not.toContain('another-secret');
  });

  it('a bucket that is not there', async () => {
    const { settings } = await makeBucket();
    const wrong = openBucket({
      ...settings,
      PARLEY_FILES: new URL('/elsewhere', settings.PARLEY_FILES).href,
    });
    expect(await refusalOf(wrong)).toContain('there is no bucket elsewhere');
  });
});

it('a shared folder that is not mounted is refused, not made on this machine’s own disk', async () => {
  const place = join(makeFolder(), 'not-mounted');
  const files = openFiles({ dataDir: '/nowhere', place, region });
  await expect(files.put('pictures/a.webp', new Uint8Array([1]))).rejects.toThrow('ENOENT');
  await expect(files.check()).rejects.toBeInstanceOf(FilesUnavailable);
});

it('a copy from a folder to a bucket and back goes on where it broke off, and leaves what is whole', async () => {
  const folder = makeFolder();
  const from = openFiles({ dataDir: folder, region });
  for (const name of ['a', 'b', 'c']) await from.put(`pictures/${name}.webp`, Buffer.from(name));
  writeFileSync(join(folder, 'pictures', 'd.webp.partial'), 'half of an upload');
  const bucket = openBucket((await makeBucket()).settings);
  const breaksOff = { ...bucket, put: () => Promise.reject(new FilesUnavailable('the disk is full')) };
  await expect(copyFiles(from, breaksOff, 'pictures')).rejects.toThrow('the disk is full');
  await bucket.put('pictures/a.webp', Buffer.from('a'));
  expect(await copyFiles(from, bucket, 'pictures')).toBe(2);
  expect(await copyFiles(from, bucket, 'pictures')).toBe(0);

  const back = makeFolder();
  expect(await copyFiles(bucket, openFiles({ dataDir: back, region }), 'pictures')).toBe(3);
  expect(readdirSync(join(back, 'pictures')).sort()).toEqual(['a.webp', 'b.webp', 'c.webp']);
});
