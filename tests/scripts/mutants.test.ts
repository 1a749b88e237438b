import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { mutants } from '@/scripts/mutants.mjs';
import { root } from '@/scripts/paths.mjs';

it.each(mutants)('the fault can be planted: $name', ({ file, find, put }) => {
  const pieces = readFileSync(join(root, file), 'utf8').split(find);
  expect(pieces, `${file} holds this exactly once: ${find}`).toHaveLength(2);
  expect(put).not.toBe(find);
});
