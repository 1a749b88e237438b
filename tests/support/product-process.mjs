/**
 * Lets plain Node run the product's TypeScript, for tests that kill a process: `@/…`, imports
 * without an extension, and 'server-only' are found as Next finds them. Use with `node --import`.
 */
import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'server-only')
      return next(pathToFileURL(join(root, 'tests/support/empty.ts')).href, context);
    const isOurs = context.parentURL?.startsWith('file:') && !context.parentURL.includes('/node_modules/');
    if (isOurs && /^(@\/|\.{1,2}\/)/.test(specifier)) {
      const from = specifier.startsWith('@/')
        ? join(root, specifier.slice(2))
        : join(dirname(fileURLToPath(context.parentURL)), specifier);
      const found = [from, `${from}.ts`, join(from, 'index.ts')].find(
        (path) => /\.\w+$/.test(path) && existsSync(path),
      );
      if (found) return next(pathToFileURL(found).href, context);
    }
    return next(specifier, context);
  },
});
