import { withMeter } from './meter.mjs';
import { say, took } from './progress.mjs';
import { runCommand } from './run-command.mjs';

/** True where packages can be installed without asking: as root on Debian and its kin. */
export async function canInstallPackages() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  return (await runCommand('apt-get', ['--version'], { quiet: true })).code === 0;
}

let listsAreFresh = false;

/** True where a package of this name can be installed without asking: Ubuntu, for one, lacks some of Debian's. */
export async function isPackaged(/** @type {string} */ name) {
  if (!(await canInstallPackages())) return false;
  await refreshLists(name);
  return (await runCommand('apt-cache', ['show', '--quiet', name], { quiet: true })).code === 0;
}

/** Fetches the lists of packages, once. */
async function refreshLists(/** @type {string} */ label) {
  if (!listsAreFresh) listsAreFresh = (await aptGet(label, ['update'])) === 0;
}

/**
 * Installs Debian packages where that is possible.
 * @param {string} label as for `say`
 * @param {string[]} packages
 * @returns {Promise<boolean>} whether apt-get says that they are installed
 */
export async function installPackages(label, packages) {
  if (!(await canInstallPackages())) return false;
  const startedAt = Date.now();
  say(label, `installing the system's ${packages.join(', ')}`);
  await refreshLists(label);
  const code = await aptGet(label, ['install', '-y', '--no-install-recommends', ...packages]);
  say(
    label,
    code === 0 ? `installed in ${took(startedAt)}` : `apt-get could not install them (code ${code})`,
  );
  return code === 0;
}

/** @returns {Promise<number>} its exit code; what it said is shown when it fails */
async function aptGet(/** @type {string} */ label, /** @type {string[]} */ args) {
  let percent = 0;
  // A descriptor of its own: apt closes the one that it reports to in what it starts, and packages whose
  // scripts print (fontconfig) then fail where no /dev/pts gives them another output.
  const work = runCommand('sh', ['-c', 'exec apt-get -o APT::Status-Fd=3 "$@" 3>&1', 'apt-get', ...args], {
    quiet: true,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    // "dlstatus:<file>:<percent>:…" while it downloads, "pmstatus:<package>:<percent>:…" while it installs.
    onLine: (line) => {
      const [, phase, number] = /^(dl|pm)status:[^:]*:([\d.]+):/.exec(line) ?? [];
      if (number) percent = Number(number) / 2 + (phase === 'pm' ? 50 : 0);
    },
  });
  const { code, output } = await withMeter(label, work, () =>
    percent > 0 ? { done: percent, total: 100 } : undefined,
  );
  if (code !== 0) console.error(output.replace(/^(dl|pm)status:.*\n/gm, '').trim());
  return code;
}
