import { expect, type Page, test } from '@playwright/test';
import { movedBy, sceneNames, showScene, showStep, showSurface } from '../support/scene-page';
import { startScenes } from '../support/scene-server';
import { callRegion } from '../support/screens';

/** What moves while a call changes by itself, from plain data (`gallery/scenes`). */
let scenes: Awaited<ReturnType<typeof startScenes>>;
test.beforeAll(async () => {
  scenes = await startScenes();
});
test.afterAll(() => scenes.stop());

const sizes = [
  { width: 390, height: 844 },
  { width: 844, height: 390 },
  { width: 1024, height: 600 },
  { width: 1280, height: 800 },
];

for (const { width, height } of sizes) {
  test(`at ${width} × ${height} nothing moves when people speak, mute, react, come back or show a picture`, async ({
    page,
  }) => {
    test.setTimeout(240_000);
    await page.setViewportSize({ width, height });
    const moved: string[] = [];
    const names = await sceneNames(page, scenes.url, 'Moves');
    // On a phone the own camera brings a control of its own, for the participant who has just pressed another.
    for (const name of names.filter((one) => width >= 768 || !one.includes('own picture')))
      for (const place of ['dock', 'full'] as const)
        for (const one of await movedBy(page, scenes.url, { name, place }))
          moved.push(`${name}, ${place}: ${one}`);
    expect(moved).toEqual([]);
  });

  test(`at ${width} × ${height} nothing moves when a ring, a card or a refusal arrives`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    const moved: string[] = [];
    for (const name of await sceneNames(page, scenes.url, 'Arrivals'))
      for (const one of await movedBy(page, scenes.url, { name })) moved.push(`${name}: ${one}`);
    expect(moved).toEqual([]);
  });
}

const boxOf = (page: Page, selector: string) => callRegion(page).locator(selector).boundingBox();

test('timer and window buttons stay where they are when a docked call grows for a picture or a screen', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  for (const name of await sceneNames(page, scenes.url, 'Growing')) {
    const boxes = async () => [
      await boxOf(page, '[role="timer"]'),
      await boxOf(page, '[aria-label="Full window"]'),
      await boxOf(page, '[aria-label="People and volume"]'),
    ];
    await showStep(page, scenes.url, { name, step: 'before' });
    const before = await boxes();
    expect(before).not.toContain(null);
    const height = (await callRegion(page).boundingBox())?.height;
    await showStep(page, scenes.url, { name, step: 'after' });
    expect((await callRegion(page).boundingBox())?.height).toBeGreaterThan(height ?? Number.NaN);
    expect(await boxes(), name).toEqual(before);
  }
});

test('answering moves neither the controls nor the messages', async ({ page }) => {
  await sceneNames(page, scenes.url);
  for (const size of sizes.filter(({ width }) => width >= 768)) {
    await page.setViewportSize(size);
    const places = async () => {
      const boxes = [
        await callRegion(page).boundingBox(),
        await boxOf(page, '[role="toolbar"]'),
        await page.getByRole('log', { name: 'Messages' }).boundingBox(),
      ];
      return boxes.map((box) => [box?.y, box?.height]);
    };
    await showSurface(page, scenes.url, { name: 'outgoing' });
    const before = await places();
    await showScene(page, scenes.url, { name: 'voices-2', place: 'dock' });
    expect(await places()).toEqual(before);
  }
});

test('the measure finds what moves', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.addInitScript(() => {
    const css = '[data-speaking] { padding-top: 40px }';
    addEventListener('DOMContentLoaded', () => {
      document.head.append(Object.assign(document.createElement('style'), { textContent: css }));
    });
  });
  await sceneNames(page, scenes.url, 'Moves');
  expect((await movedBy(page, scenes.url, { name: 'speaks' })).join()).toContain('Carol');
});
