import { interpreted, object, personSchema } from '@parley/call-protocol';
import { afterEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { extend } from 'zod/mini';

const ada = { id: 'u1', username: 'ada', displayName: 'Ada', avatarUrl: null };

/** Counts what is compiled from text, which a page's policy without `'unsafe-eval'` forbids. */
function countCompiled() {
  let count = 0;
  const Original = Function;
  vi.stubGlobal('Function', function compile(...words: string[]) {
    count += 1;
    return new Original(...words);
  });
  return () => count;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

test('schemas of the protocol compile no code when they are made and when they parse', () => {
  const compiled = countCompiled();
  const made = interpreted(() => extend(object({ name: z.string() }), { person: personSchema }));
  expect(made.safeParse({ name: 'a', person: ada }).success).toBe(true);
  expect(made.safeParse({ name: 1 }).success).toBe(false);
  expect(compiled()).toBe(0);
});

test('a page that makes its own schemas with zod finds its setting as it was', () => {
  const compiled = countCompiled();
  object({ name: z.string() });
  expect(z.config().jitless ?? false).toBe(false);
  z.object({ name: z.string() }).parse({ name: 'a' });
  expect(compiled()).toBeGreaterThan(0);

  z.config({ jitless: true });
  object({ name: z.string() });
  expect(z.config().jitless).toBe(true);
  z.config({ jitless: false });
});

test('and also when making one throws', () => {
  expect(() =>
    interpreted(() => {
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(z.config().jitless ?? false).toBe(false);
});
