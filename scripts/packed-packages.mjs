import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pinnedNode, root } from './paths.mjs';
import { StartError } from './progress.mjs';
import { runCommand } from './run-command.mjs';
import { prepareToolchain } from './toolchain.mjs';

/** The packages that other apps install, each with the folder under lib that is packed. */
const packages = /** @type {const} */ ({ 'call-kit': 'call-ui/dist', 'call-protocol': 'protocol' });

/**
 * Builds the packages, packs each into an archive in `into`, as a registry would get it, and unpacks it into `modules`,
 * as npm would. What an archive depends on is this repository's own.
 * @param {{ into: string, modules: string }} folders `modules`: a `node_modules`
 * @returns {Promise<Record<keyof typeof packages, string>>} where each archive is
 */
export async function installPackedPackages({ into, modules }) {
  await run(pinnedNode, [join(root, 'scripts/build-packages.mjs')]);
  const { node, npm, env } = await prepareToolchain();
  mkdirSync(into, { recursive: true });
  const archives = { 'call-kit': '', 'call-protocol': '' };
  for (const name of /** @type {(keyof typeof packages)[]} */ (Object.keys(packages))) {
    await run(node, [npm, 'pack', '--pack-destination', into, join(root, 'lib', packages[name])], env);
    const archive = readdirSync(into).find((file) => file.startsWith(`parley-${name}-`)) ?? '';
    archives[name] = join(into, archive);
    mkdirSync(join(modules, '@parley'), { recursive: true });
    // Its name only when it is whole, and nothing of an older one is left in it.
    const unpacked = mkdtempSync(join(modules, '@parley', '.unpacking-'));
    await run('tar', ['-xzf', archives[name], '--strip-components=1', '-C', unpacked]);
    rmSync(join(modules, '@parley', name), { recursive: true, force: true });
    renameSync(unpacked, join(modules, '@parley', name));
  }
  return archives;
}

async function run(/** @type {string} */ command, /** @type {string[]} */ args, env = process.env) {
  const { code, output } = await runCommand(command, args, { env, quiet: true });
  if (code !== 0) throw new StartError(output.trim());
}
