import { existsSync } from 'node:fs';
import { withMeter } from './meter.mjs';
import { pinnedNode } from './paths.mjs';
import { StartError, say } from './progress.mjs';
import { runCommand } from './run-command.mjs';
import { canInstallPackages, installPackages, isPackaged } from './system-packages.mjs';

/**
 * @typedef {object} Browser
 * @property {string} name
 * @property {string} variable an environment variable with the path of one
 * @property {string[]} places where it usually is
 * @property {string} packageName what Debian calls it
 * @property {() => Promise<string>} [own] where a download puts it
 * @property {() => Promise<unknown>} [download]
 */

/** @type {Browser} */
const chromium = {
  name: 'Chromium',
  variable: 'CHROMIUM',
  places: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ],
  packageName: 'chromium',
  own: playwrightsChromium,
  download: downloadChromium,
};

/** Playwright drives only a Firefox of its own make; the journeys want the one that people have. */
/** @type {Browser} */
const firefox = {
  name: 'Firefox',
  variable: 'FIREFOX',
  places: ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'],
  packageName: 'firefox-esr',
};

/**
 * The same engine without anything that draws windows or asks for permissions, at less than half the
 * processor time. Playwright's own download uses such a build by itself.
 * @type {Browser}
 */
const headlessChromium = {
  name: 'Headless Chromium',
  variable: 'HEADLESS_CHROMIUM',
  // Not the script of this name in /usr/bin: ending that leaves the browser behind.
  places: ['/usr/lib/chromium/chromium-headless-shell'],
  packageName: 'chromium-headless-shell',
};

/** @returns {Promise<string | undefined>} why this program can't be run; undefined when it can */
async function whyNot(/** @type {string} */ path) {
  // A missing system library shows here, and a stand-in that only says to install a snap.
  const { code, output } = await runCommand(path, ['--version'], { quiet: true });
  return code === 0 ? undefined : output.trim().split('\n').at(-1) || `it ended with code ${code}`;
}

/** @returns {Promise<string | undefined>} the path of one that is installed and runs */
async function installed(/** @type {Browser} */ { name, variable, places, own }) {
  const named = process.env[variable];
  if (named) {
    const why = existsSync(named) ? await whyNot(named) : 'there is no such file';
    if (why) throw new StartError(`${variable} is ${named}, and that can't be run as ${name}: ${why}.`);
    return named;
  }
  for (const place of [...places, await own?.()])
    if (place && existsSync(place) && !(await whyNot(place))) return place;
  return undefined;
}

/**
 * Finds a browser, or fetches one: its own download where there is one, else the system's package manager.
 * @returns {Promise<string>} its path
 * @throws {StartError} when there is none to be had
 */
async function find(/** @type {Browser} */ browser) {
  const { name, variable, packageName, download } = browser;
  const found = await installed(browser);
  if (found) return found;
  if (download) {
    say(name, 'none is installed; trying to download one');
    await download();
    const downloaded = await installed(browser);
    if (downloaded) return downloaded;
  }
  await installPackages(name, [packageName]);
  const packaged = await installed(browser);
  if (packaged) return packaged;
  throw new StartError(
    `The tests need ${name}, and none could be fetched. Install it (Debian: apt-get install ${packageName}),\n` +
      `or set ${variable} to the path of one.`,
  );
}

/**
 * The browsers of the tests, as the environment that they look into.
 * @param {{ withFirefox?: boolean }} [options]
 * @returns {Promise<Record<string, string>>}
 * @throws {StartError} when one is missing and can't be fetched
 */
export async function findBrowsers({ withFirefox = true } = {}) {
  const full = await find(chromium);
  const headless = (await installed(headlessChromium)) ?? (await installIfPackaged(headlessChromium));
  return {
    CHROMIUM: full,
    HEADLESS_CHROMIUM: headless ?? full,
    ...(withFirefox && { FIREFOX: await find(firefox) }),
  };
}

/** @returns {Promise<string | undefined>} its path, where the system has a package of it */
async function installIfPackaged(/** @type {Browser} */ browser) {
  const { name, packageName } = browser;
  if (!(await isPackaged(packageName)) || !(await installPackages(name, [packageName]))) return undefined;
  return installed(browser);
}

// Loaded late: this module is imported before the dependencies are installed.
async function playwrightsChromium() {
  return (await import('@playwright/test')).chromium.executablePath();
}

/**
 * Playwright's own Chromium, and the system libraries that it needs where they can be installed.
 */
async function downloadChromium() {
  const playwright = (/** @type {string[]} */ ...args) => {
    let percent = 0;
    const onLine = (/** @type {string} */ line) => {
      percent = Number(/(\d+)% of/.exec(line)?.[1] ?? percent);
    };
    const work = runCommand(pinnedNode, ['node_modules/@playwright/test/cli.js', ...args], {
      quiet: true,
      onLine,
    });
    return withMeter('Chromium', work, () => (percent > 0 ? { done: percent, total: 100 } : undefined));
  };
  const { code } = await playwright('install', 'chromium');
  const path = await playwrightsChromium();
  if (code === 0 && existsSync(path) && (await whyNot(path)) && (await canInstallPackages()))
    await playwright('install-deps', 'chromium');
}
