import { existsSync } from 'node:fs';
import { StartError, say } from './progress.mjs';
import { runCommand } from './run-command.mjs';

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * A Chromium that is installed: the variable CHROMIUM, the usual places, Playwright's own.
 * @returns {Promise<string | undefined>} its path
 */
export async function installedChromium() {
  const { CHROMIUM } = process.env;
  if (CHROMIUM && !existsSync(CHROMIUM))
    throw new StartError(`CHROMIUM is ${CHROMIUM}, and there is no such file.`);
  // Loaded late: this module is imported before the dependencies are installed.
  const { chromium } = await import('@playwright/test');
  return [CHROMIUM, ...usualPlaces, chromium.executablePath()].find((place) => place && existsSync(place));
}

/**
 * Finds a Chromium for the browser journeys, or fetches one: Playwright's download, else the
 * system's package manager.
 * @returns {Promise<string>} its path
 * @throws {StartError} when there is none to be had
 */
export async function findChromium() {
  const found = await installedChromium();
  if (found) return found;
  say('Browser', "no Chromium is installed; trying Playwright's download");
  const playwright = 'node_modules/@playwright/test/cli.js';
  await runCommand(process.execPath, [playwright, 'install', 'chromium'], { quiet: true });
  const downloaded = await installedChromium();
  if (downloaded) return downloaded;
  if (process.getuid?.() === 0 && (await runCommand('apt-get', ['--version'], { quiet: true })).code === 0) {
    say('Browser', 'Playwright\'s download failed; installing the package "chromium"');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await runCommand('apt-get', ['update'], { quiet: true, env });
    await runCommand('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], {
      quiet: true,
      env,
    });
    const packaged = await installedChromium();
    if (packaged) return packaged;
  }
  throw new StartError(
    'The browser journeys need Chromium, and none could be fetched. Install it (Debian: apt-get install chromium),\n' +
      'or set CHROMIUM to the path of one.',
  );
}
