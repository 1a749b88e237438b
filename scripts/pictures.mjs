import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium } from '@playwright/test';
import { askingArgs, chromiumPath, grantedArgs } from '../tests/support/chromium.ts';
import { startApp } from '../tests/support/running-app.ts';
import { installVoice } from '../tests/support/voice-in-page.ts';
import { StartError, say } from './progress.mjs';
import { scenes } from './screenshot-scenes.mjs';

/**
 * @typedef {import('@playwright/test').Page} Page
 * @typedef {{ canSpeak?: boolean, isUntouched?: boolean }} VisitorOptions
 * @typedef {{
 *   app: import('../tests/support/running-app.ts').RunningApp,
 *   browser: import('@playwright/test').Browser,
 *   visitor: (options?: VisitorOptions) => Promise<Page>,
 *   person: (username: string, options?: VisitorOptions) => Promise<Page>,
 *   shoot: (page: Page, name: string) => Promise<void>,
 * }} Stage
 */

const small = { name: 'small', width: 360, height: 640 };
const sizes = [
  { name: 'wide', width: 1280, height: 800 },
  { name: 'narrow', width: 390, height: 844 },
];

/**
 * What `npm run screenshots` does once the machine has everything.
 * @param {string[]} args FOLDER [wide | narrow] [SCENE…]
 */
export async function takePictures([folder, ...wanted]) {
  if (!folder)
    throw new StartError('Say where the pictures go: npm run screenshots -- FOLDER [wide|narrow] [SCENE…]');
  const only = wanted.filter((name) => !sizes.some((size) => size.name === name));
  const unknown = only.filter((name) => !(name in scenes));
  const known = Object.keys(scenes).join(', ');
  if (unknown.length > 0) throw new StartError(`There is no scene ${unknown.join(', ')}, only ${known}.`);
  const into = resolve(folder);
  mkdirSync(into, { recursive: true });
  const chosen = sizes.filter((size) => wanted.includes(size.name));
  const names = Object.keys(scenes).filter((name) => only.length === 0 || only.includes(name));
  for (const size of chosen.length > 0 ? chosen : sizes) await play(size, names, into);
}

/** All scenes at one size, in a new community. */
async function play(
  /** @type {typeof small} */ size,
  /** @type {string[]} */ names,
  /** @type {string} */ into,
) {
  const app = await startApp({});
  const launch = (/** @type {string[]} */ args) =>
    chromium.launch({ args, ...(chromiumPath && { executablePath: chromiumPath }) });
  const browser = await launch(grantedArgs);
  try {
    for (const name of names) {
      /** @type {(() => Promise<unknown>)[]} */
      const closing = [];
      /** @type {Page[]} */
      const pages = [];
      const visitor = async (/** @type {VisitorOptions} */ { canSpeak = true, isUntouched = false } = {}) => {
        const own = isUntouched ? await launch(askingArgs) : browser;
        const { width, height } = size;
        const context = await own.newContext({
          viewport: { width, height },
          locale: 'en-GB',
          colorScheme: 'dark',
          reducedMotion: 'reduce',
          ...(isUntouched ? {} : { permissions: ['microphone', 'camera'] }),
          ...(width < 768 ? { hasTouch: true, isMobile: true } : {}),
        });
        closing.push(() => (isUntouched ? own.close() : context.close()));
        const page = await context.newPage();
        pages.push(page);
        page.setDefaultTimeout(20_000);
        await page.addInitScript(canSpeak ? installVoice : refuseMicrophone, 300);
        if (canSpeak) await page.addInitScript(chatter);
        return page;
      };
      try {
        await scenes[name]?.({
          app,
          browser,
          visitor,
          person: async (username, options) => enter(await visitor(options), app.url, username),
          shoot: (page, picture) => shoot(page, into, size, picture),
        });
        say('Scene', `${size.name} ${name}`);
      } catch (error) {
        say('Scene', `${size.name} ${name} failed: ${error instanceof Error ? error.message : error}`);
        process.exitCode = 1;
        for (const [index, page] of pages.entries())
          if (!page.isClosed())
            await page.screenshot({ path: join(into, `failed-${size.name}-${name}-${index}.png`) });
      } finally {
        for (const close of closing) await close();
      }
    }
  } finally {
    await browser.close();
    await app.stop();
  }
}

/** Both themes of what is on the page at this moment, on a phone also at the smallest size. */
async function shoot(
  /** @type {Page} */ page,
  /** @type {string} */ into,
  /** @type {typeof small} */ size,
  /** @type {string} */ picture,
) {
  await page.evaluate(() => document.fonts.ready);
  for (const one of size.width < 768 ? [small, size] : [size]) {
    if (size.width < 768) await page.setViewportSize({ width: one.width, height: one.height });
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      await page.emulateMedia({ colorScheme });
      await page.locator(`html[data-theme="${colorScheme}"]`).waitFor();
      const name = `${one.name}-${picture}${colorScheme === 'light' ? '-light' : ''}.png`;
      await page.screenshot({ path: join(into, name) });
    }
  }
}

/** Signs in through the form. */
async function enter(/** @type {Page} */ page, /** @type {string} */ origin, /** @type {string} */ username) {
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

/** Runs inside the page: what a browser returns after the person pressed Block. */
function refuseMicrophone() {
  navigator.mediaDevices.getUserMedia = () =>
    Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));
}
