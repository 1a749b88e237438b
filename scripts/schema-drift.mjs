import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeMigrations } from './migrations.mjs';
import { root } from './paths.mjs';

/**
 * Checks in a copy whether the migrations bring databases of both kinds to exactly the schemas in the code.
 * @returns {Promise<string | undefined>} what is wrong, in words
 */
export async function schemaDrift() {
  const copy = mkdtempSync(join(tmpdir(), 'parley-schema-'));
  try {
    for (const name of ['db', 'drizzle.config.ts', 'tsconfig.json', 'package.json']) {
      cpSync(join(root, name), join(copy, name), { recursive: true });
    }
    symlinkSync(join(root, 'lib'), join(copy, 'lib'));
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    const before = listOf(copy);
    const { isDone, output } = await makeMigrations({ folder: copy });
    if (!isDone) return `drizzle-kit generate failed:\n${output}`;
    const added = Object.keys(listOf(copy)).filter((name) => !(name in before));
    const changed = Object.entries(before).filter(([name, text]) => listOf(copy)[name] !== text);
    if (added.length + changed.length === 0) return undefined;
    return `The schema has changed without a migration. Run: npm run migrations\n${output}`;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** @returns {Record<string, string>} every migration file with its contents */
function listOf(/** @type {string} */ folder) {
  const migrations = join(folder, 'db', 'migrations');
  const files = readdirSync(migrations, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path, readFileSync(path, 'utf8')];
    }),
  );
}
