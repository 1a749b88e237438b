import { join } from 'node:path';
import { pinnedNode, root } from './paths.mjs';
import { runCommand } from './run-command.mjs';

const dialects = ['sqlite', 'postgres'];

/**
 * Makes the migrations that the schemas in the code lack, for both databases.
 * @param {{ folder?: string, args?: string[] }} [options] the project or a copy of it; more for drizzle-kit, as `--name`
 * @returns {Promise<{ isDone: boolean, output: string }>}
 */
export async function makeMigrations({ folder = root, args = [] } = {}) {
  let all = '';
  for (const dialect of dialects) {
    const { code, output } = await runCommand(
      pinnedNode,
      [join('node_modules', 'drizzle-kit', 'bin.cjs'), 'generate', ...args],
      { cwd: folder, quiet: true, env: { ...process.env, MIGRATIONS_FOR: dialect } },
    );
    all += output;
    if (code !== 0) return { isDone: false, output: all };
  }
  return { isDone: true, output: all };
}
