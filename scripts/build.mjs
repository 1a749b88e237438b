import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { withMeter } from './meter.mjs';
import { nextCli, pinnedNode, root } from './paths.mjs';
import { StartError, say, took } from './progress.mjs';
import { runCommand } from './run-command.mjs';
import { oneAtATime } from './set-up-turn.mjs';

const sourceFolders = ['app', 'languages', 'lib', 'db', 'public'];
const notInTheBuild = /^(vitest|playwright|drizzle)\.config\./;

/**
 * A hash over everything that ends up in the build: names and contents.
 * @returns {string}
 */
export function hashSources() {
  const hash = createHash('sha256');
  const files = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !notInTheBuild.test(entry.name))
    .filter(
      ({ name }) => /\.(ts|tsx|mjs)$/.test(name) || name === 'package-lock.json' || name === 'tsconfig.json',
    )
    .filter(({ name }) => name !== 'next-env.d.ts')
    .map(({ name }) => join(root, name));
  for (const folder of sourceFolders) files.push(...filesUnder(join(root, folder)));
  for (const file of files.sort())
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return hash.digest('hex');
}

/** @returns {string[]} */
function filesUnder(/** @type {string} */ folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    // What `npm run build:packages` made is not in it.
    if (entry.name === 'dist') return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : [path];
  });
}

/**
 * Makes the production build, unless the one that is there was made from exactly these sources.
 * @param {{ distDir: string, env: NodeJS.ProcessEnv }} options
 */
export async function buildApp({ distDir, env }) {
  const stampFile = join(distDir, '.built');
  const sources = hashSources();
  const isThere = () => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === sources;
  if (isThere()) say('Build', 'up to date');
  else await oneAtATime(async () => void (isThere() || (await build(sources, stampFile, env))));
}

async function build(
  /** @type {string} */ sources,
  /** @type {string} */ stampFile,
  /** @type {NodeJS.ProcessEnv} */ env,
) {
  const startedAt = Date.now();
  say('Build', 'making the production build; this takes a minute, or some on a small machine');
  // A build that is interrupted must not be taken for the one before it.
  rmSync(stampFile, { force: true });
  const building = runCommand(pinnedNode, [nextCli, 'build'], {
    env: { ...env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    // The operator who starts Parley has no use for Next's list of routes.
    quiet: true,
  });
  const { code, output } = await withMeter('Build', building, () => undefined);
  if (code !== 0) throw new StartError(`${output}\nThe production build failed (exit code ${code}).`);
  writeFileSync(stampFile, sources);
  say('Build', `made in ${took(startedAt)}`);
}
