import { release } from 'node:os';
import { basename } from 'node:path';
import { nodePackage } from './paths.mjs';
import { StartError } from './progress.mjs';
import { runCommand } from './run-command.mjs';
import { installPackages } from './system-packages.mjs';

/**
 * @typedef {object} Host what is known of this machine without running anything
 * @property {string} platform
 * @property {string} arch
 * @property {string} [nodePackage] the package with Node for it
 * @property {string} [npmVersion] of the npm that runs this script; unknown when none does
 * @property {string} [glibc] version; undefined on macOS and where another C library is used
 * @property {number} [darwin] the major version of macOS's kernel
 */

/** @returns {Host} */
export function thisHost() {
  const { header } = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  const npmVersion = /^npm\/(\S+)/.exec(process.env.npm_config_user_agent ?? '')?.[1];
  return {
    platform: process.platform,
    arch: process.arch,
    ...(nodePackage && { nodePackage }),
    ...(npmVersion && { npmVersion }),
    ...(header.glibcVersionRuntime && { glibc: header.glibcVersionRuntime }),
    ...(process.platform === 'darwin' && { darwin: Number.parseInt(release(), 10) }),
  };
}

/**
 * Refuses a machine on which Node 26 can't run, before anything is downloaded. The bounds are those of
 * Node's own builds: https://github.com/nodejs/node/blob/main/BUILDING.md
 * @param {Host} host
 * @throws {StartError} one sentence: what is there, and what is needed
 */
export function requireHost({ platform, arch, nodePackage: node, npmVersion, glibc, darwin }) {
  if (!node)
    throw new StartError(
      `Parley runs on Linux and macOS, on x64 and arm64, and this is ${platform} on ${arch} (on Windows use WSL).`,
    );
  if (npmVersion && Number.parseInt(npmVersion, 10) < 8)
    throw new StartError(`Parley needs npm 8 or later to start, and this is npm ${npmVersion}.`);
  if (platform === 'linux' && !glibc)
    throw new StartError(
      'Parley needs a Linux with glibc (Debian, Ubuntu, Fedora and others), and this one uses another C library (Alpine: musl).',
    );
  if (glibc && isBefore(glibc, [2, 28]))
    throw new StartError(
      `Parley needs glibc 2.28 or later (Debian 10, Ubuntu 20.04, RHEL 8 or newer), and this is ${glibc}.`,
    );
  if (darwin !== undefined && darwin < 22)
    throw new StartError('Parley needs macOS 13.5 or later, and this is an older one.');
}

function isBefore(/** @type {string} */ version, /** @type {[number, number]} */ [major, minor]) {
  const [first = 0, second = 0] = version.split('.').map(Number);
  return first < major || (first === major && second < minor);
}

/** System libraries that the pinned Node needs and a minimal system may lack: Debian's package, then others'. */
const libraries = { 'libatomic.so.1': 'libatomic1' };

/**
 * Makes sure that this Node can be run here, with the system libraries that it needs.
 * @param {string} node the program's path
 * @returns {Promise<string>} its version
 * @throws {StartError} one sentence: the package that is missing, or what the system says
 */
export async function requireRunnable(node) {
  const look = () => runCommand(node, ['--version'], { quiet: true });
  let { code, output } = await look();
  const library = /([\w.+-]+\.so[\w.]*): cannot open shared object/.exec(output)?.[1];
  const packageName = libraries[/** @type {keyof typeof libraries} */ (library)];
  if (code !== 0 && packageName && (await installPackages('System', [packageName])))
    ({ code, output } = await look());
  if (code === 0) return output.trim();
  throw new StartError(
    packageName
      ? `Parley's Node needs the system library ${library}. Install it (Debian, Ubuntu: apt-get install ${packageName}; Fedora: dnf install libatomic), then start again.`
      : `Parley's Node (${node}) can't be run on this machine: ${output.trim().split('\n').at(-1) || `it ended with code ${code}`}`,
  );
}

/**
 * The npm of this machine: the one that runs this script, else the one on the PATH.
 * @returns {[command: string, ...args: string[]]}
 */
export function hostNpm() {
  const { npm_execpath: npm, npm_node_execpath: node } = process.env;
  // Other package managers set the same variable to themselves.
  return npm && basename(npm) === 'npm-cli.js' ? [node ?? process.execPath, npm] : ['npm'];
}
