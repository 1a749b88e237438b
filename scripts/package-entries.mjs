import { join } from 'node:path';
import { readJson } from './json-file.mjs';
import { root } from './paths.mjs';

/**
 * What other apps import of a package, as its `exports` say it: a source file `NAME.ts` and a built `dist/NAME.js`
 * for each.
 * @param {'protocol' | 'call-ui'} room under `lib`
 * @returns {string[]} 'index' for the package's own name, 'headless' for `./headless`, …
 */
export function packageEntries(room) {
  const { exports } = readJson(join(root, 'lib', room, 'package.json'));
  return Object.values(exports).flatMap(
    (target) => /^\.\/dist\/([\w-]+)\.js$/.exec(target.default)?.[1] ?? [],
  );
}
