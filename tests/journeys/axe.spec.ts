import { expect, test } from '@playwright/test';
import { axeFlaws } from '../support/axe-flaws';
import { sceneNames, showScene, showSurface } from '../support/scene-page';
import { startScenes } from '../support/scene-server';

/** Every state of the call interface, from plain data, through axe: one page, which loads once. */
let scenes: Awaited<ReturnType<typeof startScenes>>;
test.beforeAll(async () => {
  scenes = await startScenes();
});
test.afterAll(() => scenes.stop());

const themes = ['dark', 'light'] as const;
const places = [
  { place: 'dock', theme: 'dark' },
  { place: 'dock', theme: 'light' },
  // The full window is dark in both themes.
  { place: 'full', theme: 'dark' },
] as const;

for (const { place, theme } of places) {
  test(`axe finds nothing serious in any state of the stage, ${place}, ${theme}`, async ({ page }) => {
    test.setTimeout(240_000);
    await page.setViewportSize({ width: 1280, height: 800 });
    const found: string[] = [];
    for (const name of await sceneNames(page, scenes.url)) {
      await showScene(page, scenes.url, { name, place, theme });
      found.push(...(await axeFlaws(page)).map((flaw) => `${name}: ${flaw}`));
    }
    expect(found).toEqual([]);
  });
}

for (const size of [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
]) {
  test(`axe finds nothing serious in rings, cards, questions, entries and single parts at ${size.width} × ${size.height}`, async ({
    page,
  }) => {
    test.setTimeout(240_000);
    await page.setViewportSize(size);
    const found: string[] = [];
    const surfaces = await sceneNames(page, scenes.url, 'Surfaces');
    for (const name of [...surfaces, ...(await sceneNames(page, scenes.url, 'Parts'))])
      for (const theme of themes) {
        await showSurface(page, scenes.url, { name, theme });
        found.push(...(await axeFlaws(page)).map((flaw) => `${name}, ${theme}: ${flaw}`));
      }
    expect(found).toEqual([]);
  });
}

test('axe finds nothing serious where an app sets none of the kit’s colours', async ({ page }) => {
  test.setTimeout(240_000);
  await page.setViewportSize({ width: 1280, height: 800 });
  const found: string[] = [];
  const surfaces = await sceneNames(page, scenes.url, 'Surfaces');
  for (const theme of themes) {
    for (const name of surfaces) {
      await showSurface(page, scenes.url, { name, theme, isBare: true });
      found.push(...(await axeFlaws(page)).map((flaw) => `${name}, ${theme}: ${flaw}`));
    }
    for (const name of ['voices-5', 'group-cameras-4', 'screen-mine']) {
      await showScene(page, scenes.url, { name, theme, place: 'dock', isBare: true });
      found.push(...(await axeFlaws(page)).map((flaw) => `${name}, ${theme}: ${flaw}`));
    }
  }
  expect(found).toEqual([]);
});

test('axe would find words that are too faint and a button without a name', async ({ page }) => {
  await showSurface(page, scenes.url, { name: 'ring' });
  await page.addStyleTag({ content: '[role="alertdialog"] bdi { color: #333 }' });
  await page.evaluate(() =>
    document.querySelector('[data-surface]')?.append(document.createElement('button')),
  );
  const found = (await axeFlaws(page)).join('\n');
  expect(found).toContain('color-contrast');
  expect(found).toContain('button-name');
});
