import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parleyPath } from '@/examples/vite-app/server/forward-to-parley';

const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

test('the example asks for the packages that it is tested with', () => {
  const { dependencies, devDependencies } = read('examples/vite-app/package.json');
  const ours = read('package.json');
  const here = { ...ours.dependencies, ...ours.devDependencies };
  const packed = (name: string, folder: string) =>
    `file:packages/parley-${name}-${read(`lib/${folder}/package.json`).version}.tgz`;
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
    expect(version, name).toBe(
      name === '@parley/call-kit'
        ? packed('call-kit', 'call-ui')
        : name === '@parley/call-protocol'
          ? packed('call-protocol', 'protocol')
          : here[name],
    );
});

test('the example forwards calls and their events, and nothing else of Parley', () => {
  expect(parleyPath('/parley/calls')).toBe('/api/calls');
  expect(parleyPath('/parley/calls/call_1/accept?now')).toBe('/api/calls/call_1/accept');
  expect(parleyPath('/parley/events/alive')).toBe('/api/events/alive');
  for (const path of [
    '/parley/me',
    '/parley/calls/../me',
    '/parley/calls/%2e%2e/me',
    '/parley/events/x',
    '/calls',
  ])
    expect(parleyPath(path)).toBeNull();
});
