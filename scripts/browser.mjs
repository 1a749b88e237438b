import { existsSync } from 'node:fs';
import { StartError, say } from './progress.mjs';
import { runCommand } from './run-command.mjs';

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
  // Loaded late: this module is imported before the dependencies are installed.
  own: async () => (await import('@playwright/test')).chromium.executablePath(),
  download: () =>
    runCommand(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', 'chromium'], {
      quiet: true,
    }),
};

/** Playwright drives only a Firefox of its own make; the journeys want the one that people have. */
/** @type {Browser} */
const firefox = {
  name: 'Firefox',
  variable: 'FIREFOX',
  places: ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'],
  packageName: 'firefox-esr',
};

/** @returns {Promise<string | undefined>} the path of one that is installed */
async function installed(/** @type {Browser} */ { name, variable, places, own }) {
  const named = process.env[variable];
  if (named && !existsSync(named))
    throw new StartError(`${variable} is ${named}, and there is no such file (it should be ${name}).`);
  return [named, ...places, await own?.()].find((place) => place && existsSync(place));
}

/**
 * Finds a browser for the journeys, or fetches one: its own download where there is one, else the
 * system's package manager.
 * @returns {Promise<string>} its path
 * @throws {StartError} when there is none to be had
 */
async function find(/** @type {Browser} */ browser) {
  const { name, variable, packageName, download } = browser;
  const found = await installed(browser);
  if (found) return found;
  if (download) {
    say('Browser', `no ${name} is installed; trying to download one`);
    await download();
    const downloaded = await installed(browser);
    if (downloaded) return downloaded;
  }
  if (process.getuid?.() === 0 && (await runCommand('apt-get', ['--version'], { quiet: true })).code === 0) {
    say('Browser', `no ${name} is here; installing the package "${packageName}"`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await runCommand('apt-get', ['update'], { quiet: true, env });
    await runCommand('apt-get', ['install', '-y', '--no-install-recommends', packageName], {
      quiet: true,
      env,
    });
    const packaged = await installed(browser);
    if (packaged) return packaged;
  }
  throw new StartError(
    `The browser journeys need ${name}, and none could be fetched. Install it (Debian: apt-get install ${packageName}),\n` +
      `or set ${variable} to the path of one.`,
  );
}

/** The browsers of the journeys, as the environment that they look into. */
export async function findBrowsers() {
  return { CHROMIUM: await find(chromium), FIREFOX: await find(firefox) };
}
