import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium } from '@playwright/test';
import sharp from 'sharp';
import { grantedArgs, headlessChromiumPath } from '../tests/support/chromium.ts';
import { sceneNames, sceneSizes, showScene, showSurface } from '../tests/support/scene-page.ts';
import { startScenes } from '../tests/support/scene-server.ts';
import { kitPictures } from './kit-pictures.mjs';
import { say } from './progress.mjs';

const places = /** @type {const} */ (['dock', 'full']);
const themes = /** @type {const} */ (['dark', 'light']);

/** A page of the browser that takes pictures, and what ends it. */
async function openBrowser() {
  const browser = await chromium.launch({
    args: grantedArgs,
    ...(headlessChromiumPath && { executablePath: headlessChromiumPath }),
  });
  return { browser, page: await browser.newPage({ reducedMotion: 'reduce', locale: 'en-GB' }) };
}

/**
 * The pictures of the documentation, from the gallery's scenes, in the 256 colours that keep a repository small.
 * @param {string} folder
 */
export async function takeDocPictures(folder) {
  const into = resolve(folder);
  mkdirSync(into, { recursive: true });
  const scenes = await startScenes();
  const { browser, page } = await openBrowser();
  try {
    await sceneNames(page, scenes.url);
    for (const { width, height, name, theme, place } of kitPictures) {
      await page.setViewportSize({ width, height });
      if (place) await showScene(page, scenes.url, { name, theme, place });
      else await showSurface(page, scenes.url, { name, theme });
      const picture = sharp(await page.screenshot());
      await picture.png({ palette: true, effort: 10 }).toFile(join(into, `${name}.png`));
    }
    say('Pictures', `${kitPictures.length} in ${folder}`);
  } finally {
    await browser.close();
    await scenes.stop();
  }
}

/**
 * Every state of the stage, docked and in the full window, and everything that arrives over it or stands beside it, from
 * plain data, at every size, dark and light: no call and no server.
 * @param {string} folder
 * @param {string[]} wanted names of scenes, or `WIDTHxHEIGHT`; none: all
 */
export async function takeStagePictures(folder, wanted) {
  const into = resolve(folder);
  mkdirSync(into, { recursive: true });
  const scenes = await startScenes();
  const { browser, page } = await openBrowser();
  try {
    const stage = await sceneNames(page, scenes.url);
    const surfaces = await sceneNames(page, scenes.url, 'Surfaces');
    const isNamed = [...stage, ...surfaces].some((name) => wanted.includes(name));
    const isWanted = (/** @type {string} */ name) => !isNamed || wanted.includes(name);
    const sizes = sceneSizes.map((size) => ({ ...size, words: `${size.width}x${size.height}` }));
    const chosen = sizes.filter(({ words }) => wanted.includes(words));
    for (const { width, height, words } of chosen.length > 0 ? chosen : sizes) {
      await page.setViewportSize({ width, height });
      const take = (/** @type {string} */ name, /** @type {string} */ theme) =>
        page.screenshot({ path: join(into, `${words}-${name}${theme === 'light' ? '-light' : ''}.png`) });
      // The full window is dark in both themes.
      for (const name of stage.filter(isWanted))
        for (const place of places)
          for (const theme of place === 'full' ? themes.slice(0, 1) : themes) {
            await showScene(page, scenes.url, { name, place, theme });
            await take(`${name}-${place}`, theme);
          }
      for (const name of surfaces.filter(isWanted))
        for (const theme of themes) {
          await showSurface(page, scenes.url, { name, theme });
          await take(name, theme);
        }
      say('Stage', `${words}: ${[...stage, ...surfaces].filter(isWanted).length} states`);
    }
  } finally {
    await browser.close();
    await scenes.stop();
  }
}
