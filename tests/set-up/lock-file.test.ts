import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { completeLock, missingFromLock } from '../../scripts/complete-lock.mjs';

const read = (name: string) => JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8'));
const lock = read('package-lock.json');
const manifest = read('package.json');

test('the lock file holds every platform package, so that npm ci passes on every machine', () => {
  expect(missingFromLock(lock)).toEqual([]);
});

test('a lock file that lacks one is noticed and completed with where it can run', () => {
  const { 'node_modules/@biomejs/cli-linux-x64-musl': _gone, ...packages } = lock.packages;
  const broken = { ...lock, packages };
  expect(missingFromLock(broken)).toEqual([
    { name: '@biomejs/cli-linux-x64-musl', version: '2.6.8', neededBy: 'node_modules/@biomejs/biome' },
  ]);
  expect(completeLock(broken).packages['node_modules/@biomejs/cli-linux-x64-musl']).toEqual({
    version: '2.6.8',
    optional: true,
    os: ['linux'],
    cpu: ['x64'],
    libc: ['musl'],
  });
});

test('every dependency is pinned to one exact version', () => {
  const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
  const loose = Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(String(version)));
  expect(loose).toEqual([]);
});
