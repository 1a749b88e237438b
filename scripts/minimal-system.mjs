import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { hostNpm } from './host.mjs';
import { withMeter } from './meter.mjs';
import { StartError } from './progress.mjs';
import { runCommand } from './run-command.mjs';
import { canInstallPackages, installPackages } from './system-packages.mjs';

/**
 * The Node and npm that a system begins with: Debian's own, or others from the npm registry.
 * @typedef {{ packages: string[], node?: string, npm?: string }} HostNode
 * @type {Record<string, HostNode>}
 */
export const hostNodes = {
  18: { packages: ['nodejs', 'npm'] },
  20: { packages: [], node: '20.20.2', npm: '11.19.1' },
  26: { packages: ['libatomic1'], node: '26.10.0', npm: '11.19.1' },
};

const suite = 'bookworm';
/** Not /tmp, which is a small disk in memory on many machines: a system takes 4 GB for a while. */
const parentFolder = '/var/tmp';

/** @returns {Promise<string | undefined>} why this machine can't make a system; undefined when it can */
export async function whyNoSystem() {
  if (!existsSync('/etc/debian_version') || !(await canInstallPackages())) return 'it needs root on Debian';
  const { code } = await runCommand('unshare', ['-m', '-p', '-f', 'true'], { quiet: true });
  return code === 0 ? undefined : 'processes get no namespaces of their own here (unshare fails)';
}

/** @returns {string} an empty folder for a system */
export function systemFolder() {
  const folder = mkdtempSync(join(parentFolder, 'parley-fresh-'));
  // apt downloads as a user of its own.
  chmodSync(folder, 0o755);
  return folder;
}

/**
 * Makes a minimal Debian 12 in a folder, with nothing of this machine but how package mirrors are reached.
 * @param {string} folder
 * @param {HostNode} hostNode
 */
export async function makeSystem(folder, { packages, node, npm }) {
  if ((await runCommand('mmdebstrap', ['--version'], { quiet: true })).code !== 0)
    await installPackages('System', ['mmdebstrap']);
  const include = ['ca-certificates', 'git', ...packages].join(',');
  const options = [
    // In namespaces of its own, so that its mounts and processes end with it, however it ends.
    ...['--mount', '--pid', '--fork', '--kill-child', '--mount-proc'],
    'mmdebstrap',
    '--variant=minbase',
    // A system that is thrown away need not survive a power cut.
    '--dpkgopt=force-unsafe-io',
    `--include=${include}`,
    ...aptSettings().map((file) => `--aptopt=${file}`),
  ];
  const making = runCommand('unshare', [...options, suite, folder, ...packageSources()], { quiet: true });
  const { code, output } = await withMeter('System', making, () => undefined);
  if (code !== 0) throw new StartError(`mmdebstrap failed:\n${output.trim()}`);
  for (const name of ['resolv.conf', 'hosts']) copyFileSync(join('/etc', name), join(folder, 'etc', name));
  await writeNpmSettings(folder);
  if (node && npm) await installHostNode(folder, node, npm);
}

/** @returns {string[]} where packages come from: the release, and its security updates as every Debian has them */
function packageSources() {
  const lists = ['/etc/apt/sources.list', ...filesIn('/etc/apt/sources.list.d', /\.(list|sources)$/)];
  const text = lists.map((file) => (existsSync(file) ? readFileSync(file, 'utf8') : '')).join('\n');
  const mirror = (/** @type {string} */ name) =>
    new RegExp(`^(?:URIs:|deb(?:\\s+\\[.*\\])?)\\s+(\\S+/${name}/?)(?:\\s|$)`, 'm').exec(text)?.[1] ??
    `http://deb.debian.org/${name}`;
  return [`deb ${mirror('debian')} ${suite} main`, `deb ${mirror('debian-security')} ${suite}-security main`];
}

/** Proxies and the like. */
function aptSettings() {
  return filesIn('/etc/apt/apt.conf.d', /./).filter((file) => /Acquire::/.test(readFileSync(file, 'utf8')));
}

function filesIn(/** @type {string} */ folder, /** @type {RegExp} */ name) {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((one) => name.test(one));
  return names.map((one) => join(folder, one));
}

/** The registry, the way to it and who may read it; nothing that changes what npm does with a package. */
async function writeNpmSettings(/** @type {string} */ folder) {
  const [command, ...args] = hostNpm();
  const keys = ['registry', 'cafile', 'proxy', 'https-proxy', 'noproxy', 'strict-ssl', 'userconfig'];
  const { code, output } = await runCommand(command, [...args, 'config', 'get', ...keys], { quiet: true });
  // A system without them asks a registry in vain, a minute later and with another reason.
  if (code !== 0) throw new StartError(`npm could not read its settings:\n${output}`);
  const settings = output.split('\n').filter((line) => /=./.test(line) && !/=\s*null$/.test(line));
  const setting = (/** @type {string} */ key) =>
    settings.find((line) => line.startsWith(`${key}=`))?.slice(key.length + 1);
  const userconfig = setting('userconfig');
  const own = userconfig && existsSync(userconfig) ? readFileSync(userconfig, 'utf8').split('\n') : [];
  const lines = [
    ...settings.filter((line) => !/^(cafile|userconfig)=/.test(line)),
    ...own.filter((line) => /^(\/\/|@[^=]+:registry)/.test(line)),
  ];
  const cafile = setting('cafile');
  if (cafile) {
    copyFileSync(cafile, join(folder, 'etc', 'npm-certificates.pem'));
    lines.push('cafile=/etc/npm-certificates.pem');
  }
  writeFileSync(join(folder, 'root', '.npmrc'), `${lines.join('\n')}\n`, { mode: 0o600 });
}

/** Puts Node and npm where an installer would. */
async function installHostNode(
  /** @type {string} */ folder,
  /** @type {string} */ node,
  /** @type {string} */ npm,
) {
  const local = join(folder, 'usr', 'local');
  const modules = join(local, 'lib', 'node_modules', 'npm');
  mkdirSync(modules, { recursive: true });
  await unpack(`node-${process.platform}-${process.arch}@${node}`, local, 'package/bin/node');
  await unpack(`npm@${npm}`, modules, 'package');
  symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', join(local, 'bin', 'npm'));
}

async function unpack(/** @type {string} */ what, /** @type {string} */ into, /** @type {string} */ part) {
  const work = mkdtempSync(join(parentFolder, 'parley-pack-'));
  try {
    const [command, ...args] = hostNpm();
    const pack = await runCommand(command, [...args, 'pack', what, '--pack-destination', work], {
      quiet: true,
    });
    const archive = readdirSync(work)[0];
    if (pack.code !== 0 || !archive) throw new StartError(`npm could not download ${what}:\n${pack.output}`);
    execFileSync('tar', ['-xzf', join(work, archive), '-C', into, '--strip-components=1', part]);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * The command that runs a shell script in a system, as the first process of its own process namespace: when
 * it ends, everything ends that it has started, and its mounts are removed.
 * @param {string} folder
 * @param {string} script
 * @param {Record<string, string>} [env] beside HOME, PATH and the proxies of this machine
 * @returns {[command: string, args: string[]]}
 */
export function commandIn(folder, script, env = {}) {
  const proxies = Object.entries(process.env).filter(([name]) => /^(https?|no)_proxy$/i.test(name));
  const variables = Object.entries({
    HOME: '/root',
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    LANG: 'C.UTF-8',
    ...Object.fromEntries(proxies),
    ...env,
  }).map(([name, value]) => `${name}=${value}`);
  // Chromium keeps pictures there.
  const enter = 'mount -t tmpfs -o mode=1777 tmpfs "$0/dev/shm" && exec chroot "$0" "$@"';
  return [
    'unshare',
    ['--mount', '--pid', '--fork', '--kill-child', `--mount-proc=${join(folder, 'proc')}`]
      .concat(['sh', '-c', enter, folder])
      .concat(['env', '-i', ...variables, 'sh', '-c', script]),
  ];
}

/**
 * Removes a system. Nothing is mounted in it outside of the namespaces that `commandIn` makes; if something
 * is all the same, it stays: a removal must not reach into what belongs to others.
 * @param {string} folder
 */
export function removeSystem(folder) {
  const mounts = readFileSync('/proc/self/mounts', 'utf8').split('\n');
  const held = mounts
    .map((line) => line.split(' ')[1] ?? '')
    .filter((place) => place.startsWith(`${folder}/`));
  if (held.length > 0) throw new StartError(`${folder} stays: ${held.join(', ')} is mounted in it.`);
  execFileSync('rm', ['-rf', '--one-file-system', folder]);
}
