/**
 * `npm run screenshots -- FOLDER [SCENE…]`: starts a Parley of its own with the demo community,
 * plays the scenes in real browsers and saves a picture of every wide surface, dark and light.
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium } from '@playwright/test';
import { chromiumPath, grantedArgs } from '../tests/support/chromium.ts';
import { startApp } from '../tests/support/running-app.ts';
import { installVoice } from '../tests/support/voice-in-page.ts';
import { runScript, StartError, say } from './progress.mjs';
import { scenes } from './screenshot-scenes.mjs';

/**
 * @typedef {import('@playwright/test').Page} Page
 * @typedef {{
 *   app: import('../tests/support/running-app.ts').RunningApp,
 *   visitor: () => Promise<Page>,
 *   person: (username: string, options?: { canSpeak?: boolean }) => Promise<Page>,
 *   shoot: (page: Page, name: string) => Promise<void>,
 * }} Stage
 */

const size = { width: 1440, height: 900 };

async function main() {
  const [folder, ...only] = process.argv.slice(2);
  if (!folder) throw new StartError('Say where the pictures go: npm run screenshots -- FOLDER [SCENE…]');
  const unknown = only.filter((name) => !(name in scenes));
  const known = Object.keys(scenes).join(', ');
  if (unknown.length > 0) throw new StartError(`There is no scene ${unknown.join(', ')}, only ${known}.`);
  const into = resolve(folder);
  mkdirSync(into, { recursive: true });

  const app = await startApp({});
  const browser = await chromium.launch({
    args: grantedArgs,
    ...(chromiumPath && { executablePath: chromiumPath }),
  });
  try {
    for (const [name, play] of Object.entries(scenes)) {
      if (only.length > 0 && !only.includes(name)) continue;
      /** @type {import('@playwright/test').BrowserContext[]} */
      const opened = [];
      const visitor = async () => {
        const context = await browser.newContext({
          viewport: size,
          locale: 'en-GB',
          colorScheme: 'dark',
          reducedMotion: 'reduce',
          permissions: ['microphone', 'camera'],
        });
        opened.push(context);
        const page = await context.newPage();
        page.setDefaultTimeout(20_000);
        return page;
      };
      try {
        await play({
          app,
          visitor,
          person: async (username, options = {}) => enter(await visitor(), app.url, username, options),
          shoot: (page, picture) => shoot(page, join(into, picture)),
        });
        say('Scene', name);
      } catch (error) {
        say('Scene', `${name} failed: ${error instanceof Error ? error.message : error}`);
        process.exitCode = 1;
        for (const [index, page] of opened.flatMap((context) => context.pages()).entries())
          await page.screenshot({ path: join(into, `failed-${name}-${index}.png`) });
      } finally {
        for (const context of opened) await context.close();
      }
    }
  } finally {
    await browser.close();
    await app.stop();
  }
}

/** Both themes of what is on the page at this moment; the theme follows the system. */
async function shoot(/** @type {Page} */ page, /** @type {string} */ path) {
  await page.evaluate(() => document.fonts.ready);
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[data-theme="${colorScheme}"]`).waitFor();
    await page.screenshot({ path: `${path}${colorScheme === 'light' ? '-light' : ''}.png` });
  }
}

/** Signs in through the form, with a tone or a refusal for a microphone. */
async function enter(
  /** @type {Page} */ page,
  /** @type {string} */ origin,
  /** @type {string} */ username,
  /** @type {{ canSpeak?: boolean }} */ { canSpeak = true },
) {
  if (canSpeak) {
    await page.addInitScript(installVoice, 300);
    await page.addInitScript(chatter);
  }
  if (!canSpeak) await page.addInitScript(refuseMicrophone);
  await page.goto(`${origin}/login`);
  await page.getByLabel('Username', { exact: true }).fill(username);
  await page.getByLabel('Password', { exact: true }).fill('parley-demo');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('navigation', { name: 'Conversations' }).waitFor();
  return page;
}

/** Runs inside the page: a steady tone is soon taken for noise, so the voice goes up and down. */
function chatter() {
  setInterval(() => window.parleyVoice?.setTone(150 + Math.random() * 450), 120);
}

/** Runs inside the page: what a browser answers after somebody pressed Block. */
function refuseMicrophone() {
  navigator.mediaDevices.getUserMedia = () =>
    Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));
}

await runScript(main);
