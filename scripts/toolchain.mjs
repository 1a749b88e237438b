import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { hostNpm, requireHost, requireRunnable, thisHost } from './host.mjs';
import { withMeter } from './meter.mjs';
import { nodePackage, root, toolsDir } from './paths.mjs';
import { StartError, say, took } from './progress.mjs';
import { runCommand } from './run-command.mjs';

/**
 * @typedef {object} Tool
 * @property {string} name of the package
 * @property {string} version
 * @property {string} integrity of its archive, as npm writes it: sha512-…
 * @property {string} part what of the archive is kept
 * @property {number} size about how many bytes are downloaded
 */

/** @returns {Tool[]} Node as the lock file pins it, and an npm that installs the same everywhere */
function tools() {
  const read = (/** @type {string} */ file) => JSON.parse(readFileSync(join(root, file), 'utf8'));
  const node = read('package-lock.json').packages[`node_modules/${nodePackage}`];
  const npm = read('scripts/pinned-npm.json');
  return [
    {
      name: nodePackage ?? '',
      version: node.version,
      integrity: node.integrity,
      part: 'package/bin/node',
      size: 62e6,
    },
    { name: 'npm', version: npm.version, integrity: npm.integrity, part: 'package', size: 3e6 },
  ];
}

/**
 * Gets the Node and the npm that install the dependencies. The machine's own npm is trusted with nothing
 * but their download: what it installs depends on its version, and on that of its Node.
 * @param {string} [folder] where they are kept
 * @returns {Promise<{ node: string, npm: string, env: NodeJS.ProcessEnv }>} programs, and the environment in
 *   which this npm finds the settings of the machine's npm
 * @throws {StartError} when this machine is too old, or a download fails or is not what was pinned
 */
export async function prepareToolchain(folder = toolsDir) {
  requireHost(thisHost());
  const settings = await npmSettings();
  const folders = [];
  for (const tool of tools()) {
    const final = join(folder, `${tool.name}-${tool.version}`);
    if (!existsSync(final)) await fetchTool(tool, final, settings.cache);
    folders.push(final);
  }
  const [node = '', npm = ''] = folders;
  const program = join(node, 'bin', 'node');
  await requireRunnable(program);
  return {
    node: program,
    npm: join(npm, 'bin', 'npm-cli.js'),
    // npm looks for its global settings beside the Node that runs it; the mirror may be named there.
    // The Node of a distribution trusts the system's certificates, a company's among them; ours only with this variable.
    env: { ...process.env, npm_config_globalconfig: settings.globalconfig, NODE_USE_SYSTEM_CA: '1' },
  };
}

/** @returns {Promise<{ cache: string, globalconfig: string }>} */
async function npmSettings() {
  const [command, ...args] = hostNpm();
  const { code, output } = await runCommand(command, [...args, 'config', 'get', 'cache', 'globalconfig'], {
    quiet: true,
  });
  if (code === 127) throw new StartError('Parley needs npm to start, and there is none on the PATH.');
  const setting = (/** @type {string} */ key) =>
    new RegExp(`^${key}\\s*=\\s*"?(.*?)"?$`, 'm').exec(output)?.[1] ?? '';
  return { cache: setting('cache'), globalconfig: setting('globalconfig') };
}

async function fetchTool(
  /** @type {Tool} */ { name, version, integrity, part, size },
  /** @type {string} */ final,
  /** @type {string} */ npmCache,
) {
  const startedAt = Date.now();
  mkdirSync(dirname(final), { recursive: true });
  const work = mkdtempSync(join(dirname(final), 'fetching-'));
  try {
    say('Tools', `downloading ${name} ${version}`);
    const [command, ...args] = hostNpm();
    const before = bytesIn(join(npmCache, '_cacache', 'tmp'));
    const packing = runCommand(
      command,
      [
        ...args,
        'pack',
        `${name}@${version}`,
        '--pack-destination',
        work,
        '--ignore-scripts',
        '--loglevel=error',
      ],
      { quiet: true },
    );
    const { code, output } = await withMeter('Tools', packing, () => {
      const done = bytesIn(join(npmCache, '_cacache', 'tmp')) - before;
      return done > 0 ? { done, total: size, unit: 'bytes' } : undefined;
    });
    const archive = readdirSync(work).find((file) => file.endsWith('.tgz'));
    if (code !== 0 || !archive)
      throw new StartError(
        `npm could not download ${name} ${version}; it needs the npm registry.\n${output.trim()}`,
      );
    const actual = createHash('sha512')
      .update(readFileSync(join(work, archive)))
      .digest('base64');
    if (`sha512-${actual}` !== integrity)
      throw new StartError(`The download of ${name} ${version} is not what is pinned: its checksum differs.`);
    const unpacked = join(work, 'unpacked');
    mkdirSync(unpacked);
    const tar = ['-xzf', join(work, archive), '-C', unpacked, '--strip-components=1', part];
    const { code: tarCode, output: words } = await runCommand('tar', tar, { quiet: true });
    if (tarCode !== 0) throw new StartError(`tar could not unpack ${name} ${version}: ${words.trim()}`);
    // Its name only when it is whole: a start that is killed here begins anew.
    renameSync(unpacked, final);
    say('Tools', `${name} ${version} is here (${took(startedAt)})`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** How much npm has downloaded of what it has not finished, roughly: others may use the same cache. */
function bytesIn(/** @type {string} */ folder) {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder)
    .map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0)
    .reduce((sum, size) => sum + size, 0);
}
