import { expect, test } from '@playwright/test';
import { names } from '../../gallery/scenes/people';
import { sceneNames, sceneSizes, showScene, showSurface } from '../support/scene-page';
import { startScenes } from '../support/scene-server';
import { stageFlaws, surfaceFlaws } from '../support/stage-flaws';
import { untranslated } from '../support/untranslated';

/** The scenes of the gallery in words that are longer than English, or run from right to left. */
let scenes: Awaited<ReturnType<typeof startScenes>>;
test.beforeAll(async () => {
  scenes = await startScenes();
});
test.afterAll(() => scenes.stop());

const places = ['dock', 'full'] as const;
/** What persons wrote, and what the page around the call calls its messages. */
const own = [
  ...names,
  'Alice',
  'Weekend trip',
  'Street party and flea market',
  'about the shelves?',
  'Messages',
];

for (const { width, height } of [
  { width: 390, height: 844 },
  { width: 1280, height: 800 },
])
  test(`at ${width} × ${height} every word of the kit comes from its catalogue`, async ({ page }) => {
    test.setTimeout(240_000);
    await page.setViewportSize({ width, height });
    const found: string[] = [];
    const look = async (name: string) =>
      found.push(...(await untranslated(page, own)).map((words) => `${name}: ${words}`));
    for (const name of await sceneNames(page, scenes.url))
      for (const place of places) {
        await showScene(page, scenes.url, { name, place, words: 'pseudo' });
        await look(`${name}, ${place}`);
      }
    for (const name of await sceneNames(page, scenes.url, 'Surfaces')) {
      await showSurface(page, scenes.url, { name, words: 'pseudo' });
      await look(name);
    }
    expect(found).toEqual([]);
  });

test('a word outside the catalogue would be found', async ({ page }) => {
  await sceneNames(page, scenes.url);
  await showScene(page, scenes.url, { name: 'voices-5', place: 'dock', words: 'pseudo' });
  expect(await untranslated(page, own)).toEqual([]);
  expect(
    await untranslated(
      page,
      own.filter((name) => name !== 'Carol'),
    ),
  ).toContain('text: Carol');
  await showScene(page, scenes.url, { name: 'voices-5', place: 'dock' });
  const found = await untranslated(page, own);
  expect(found).toContain('aria-label: Call controls');
  expect(found).toContain('text: Microphone');
});

const sizes = sceneSizes.filter(({ width }) => [390, 844, 1280].includes(width));

for (const words of ['de', 'ar', 'pseudo'])
  for (const { width, height } of sizes) {
    test(`with the words of ${words} at ${width} × ${height} nothing is cut off, covered or out of sight`, async ({
      page,
    }) => {
      test.setTimeout(240_000);
      await page.setViewportSize({ width, height });
      const found: string[] = [];
      for (const name of await sceneNames(page, scenes.url))
        for (const place of places) {
          await showScene(page, scenes.url, { name, place, words });
          const flaws = await stageFlaws(page);
          // What lengthens a short word of the pseudo-language is not in the longer name that begins like it.
          const counted = flaws.filter((flaw) => words !== 'pseudo' || !flaw.startsWith('shows other words'));
          found.push(...counted.map((flaw) => `${name}, ${place}: ${flaw}`));
        }
      for (const name of await sceneNames(page, scenes.url, 'Surfaces')) {
        await showSurface(page, scenes.url, { name, words });
        found.push(...(await surfaceFlaws(page)).map((flaw) => `${name}: ${flaw}`));
      }
      expect(found).toEqual([]);
    });
  }
