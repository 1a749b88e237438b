import { expect, type Page, test } from '@playwright/test';
import { type ScenePlace, sceneNames, sceneSizes, showScene, showSurface } from '../support/scene-page';
import { startScenes } from '../support/scene-server';
import { callRegion } from '../support/screens';
import { stageFlaws, surfaceFlaws } from '../support/stage-flaws';

/** The stage from plain data: no server, no people, every state (`gallery/scenes`). */
let scenes: Awaited<ReturnType<typeof startScenes>>;
test.beforeAll(async () => {
  scenes = await startScenes();
});
test.afterAll(() => scenes.stop());

const open = (page: Page, name: string, place: ScenePlace = 'dock') =>
  showScene(page, scenes.url, { name, place });
const edge = (page: Page) => callRegion(page).getByRole('separator', { name: 'Height of the call' });
const tile = (page: Page, name: string) => callRegion(page).getByRole('listitem', { name, exact: true });
const enlarge = (page: Page, name: string) =>
  tile(page, name).getByRole('button', { name: new RegExp(`^Enlarge ${name}`) });
const heightOf = async (page: Page) => (await callRegion(page).boundingBox())?.height;
const placeOf = async (page: Page, name: string) => {
  const box = await tile(page, name).boundingBox();
  if (!box) throw new Error(`${name} is not on the page`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};

for (const { width, height } of sceneSizes) {
  test(`at ${width} × ${height} no state has text under text, a control cut off or a tile out of sight`, async ({
    page,
  }) => {
    test.setTimeout(240_000);
    await page.setViewportSize({ width, height });
    const found: string[] = [];
    for (const name of await sceneNames(page, scenes.url))
      for (const place of ['dock', 'full'] as const) {
        await open(page, name, place);
        found.push(...(await stageFlaws(page)).map((flaw) => `${name}, ${place}: ${flaw}`));
      }
    expect(found).toEqual([]);
  });
}

/** The smallest phone, upright and sideways, a low window, and one at 200 %. */
const smallSizes = [
  { width: 320, height: 568 },
  { width: 568, height: 320 },
  { width: 640, height: 400 },
  { width: 1280, height: 560 },
];

for (const { width, height } of [...sceneSizes, ...smallSizes]) {
  test(`at ${width} × ${height} nothing that arrives, asks or lies beside a call is cut off or covered`, async ({
    page,
  }) => {
    test.setTimeout(240_000);
    await page.setViewportSize({ width, height });
    const found: string[] = [];
    for (const name of await sceneNames(page, scenes.url, 'Surfaces')) {
      await showSurface(page, scenes.url, { name });
      found.push(...(await surfaceFlaws(page)).map((flaw) => `${name}: ${flaw}`));
    }
    expect(found).toEqual([]);
  });
}

for (const { width, height } of sceneSizes) {
  test(`at ${width} × ${height} no part by itself is cut off or covered`, async ({ page }) => {
    test.setTimeout(240_000);
    await page.setViewportSize({ width, height });
    const found: string[] = [];
    for (const name of await sceneNames(page, scenes.url, 'Parts')) {
      await showSurface(page, scenes.url, { name });
      found.push(...(await surfaceFlaws(page)).map((flaw) => `${name}: ${flaw}`));
    }
    expect(found).toEqual([]);
  });
}

for (const { width, height } of [
  { width: 390, height: 844 },
  { width: 1280, height: 800 },
]) {
  test(`at ${width} × ${height}, right to left and light, nothing beside or over a call has a flaw`, async ({
    page,
  }) => {
    test.setTimeout(240_000);
    await page.setViewportSize({ width, height });
    const found: string[] = [];
    for (const kind of ['Surfaces', 'Parts'] as const)
      for (const name of await sceneNames(page, scenes.url, kind)) {
        await showSurface(page, scenes.url, { name, dir: 'rtl', theme: 'light' });
        found.push(...(await surfaceFlaws(page)).map((flaw) => `${name}: ${flaw}`));
      }
    expect(found).toEqual([]);
  });
}

test('the check finds what it is for', async ({ page }) => {
  test.setTimeout(180_000);
  await page.setViewportSize({ width: 1280, height: 800 });
  // A scene takes the place of the one before in the same document, which keeps its styles.
  const openAnew = async (name: string, place?: ScenePlace) => {
    await page.goto('about:blank');
    await open(page, name, place);
  };
  const flawsWith = async (css: string | null) => {
    await openAnew('group-cameras-14');
    if (css) await page.addStyleTag({ content: css });
    return (await stageFlaws(page)).join('\n');
  };
  expect(await flawsWith(null)).toBe('');
  expect(await flawsWith('li[data-look] { translate: 300px 0 }')).toContain('out of sight');
  expect(await flawsWith('li[data-look] { width: 400px !important }')).toContain('over each other');
  expect(await flawsWith('[role="toolbar"] { position: fixed; left: -60px }')).toContain(
    'cut off: Microphone',
  );
  expect(
    await flawsWith(
      '[role="toolbar"] { margin-left: -50px; gap: 0 } [role="toolbar"] > * { margin-right: -20px }',
    ),
  ).toContain('controls over each other');
  expect(await flawsWith('bdi { max-width: 50px !important }')).toContain('cut where there is room');
  expect(await flawsWith('[role="timer"] { position: absolute; left: 0 }')).toContain('text under text');
  expect(await flawsWith('[role="toolbar"] > button > span { width: 20px; overflow: hidden }')).toContain(
    'word cut: Microphone',
  );
  expect(await flawsWith('video { object-fit: cover !important }')).toContain('lose its edges');
  await openAnew('camera-both', 'full');
  expect((await stageFlaws(page)).join()).toBe('');
  await page.addStyleTag({ content: 'li[data-look="corner"] { left: 30px !important }' });
  expect((await stageFlaws(page)).join()).toContain('text under the own picture: Bob');
  await page.evaluate(() => document.querySelector('[title^="Back"]')?.removeAttribute('title'));
  expect((await stageFlaws(page)).join()).toContain('without a word or a tooltip: Back');
});

test('the edge is dragged from bar to full window, moved by keys, and snaps', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await open(page, 'camera-both');
  expect(await heightOf(page)).toBe(480);
  const drag = async (by: number) => {
    const box = await edge(page).boundingBox();
    if (!box) throw new Error('the edge is on the page');
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x, y + by / 2);
    await page.mouse.move(x, y + by);
    await page.mouse.up();
  };
  await drag(-150);
  await expect.poll(() => heightOf(page)).toBe(330);
  await drag(140);
  await expect.poll(() => heightOf(page), 'near to the half it snaps').toBe(480);
  await drag(-400);
  await expect.poll(() => heightOf(page)).toBe(60);
  await edge(page).focus();
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => heightOf(page)).toBe(200);
  await page.keyboard.press('Enter');
  await expect.poll(() => heightOf(page)).toBe(480);
  await drag(200);
  await expect.poll(() => heightOf(page)).toBe(800);
});

test('a click makes a picture large, another one fills the window, Escape goes back one size each', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await open(page, 'group-cameras-4');
  const width = async () => (await tile(page, 'Carol').boundingBox())?.width ?? 0;
  const before = await width();
  await enlarge(page, 'Carol').click({ position: { x: 40, y: 40 } });
  await expect.poll(width).toBeGreaterThan(1.5 * before);
  await enlarge(page, 'Carol').click({ position: { x: 40, y: 40 } });
  await expect.poll(() => heightOf(page)).toBe(800);
  await page.keyboard.press('Escape');
  await expect.poll(() => heightOf(page)).toBe(480);
  await expect(enlarge(page, 'Carol')).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Escape');
  await expect.poll(width).toBe(before);
});

test('the own picture is dragged to another corner', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await open(page, 'camera-both', 'full');
  const [mine, theirs] = [await placeOf(page, 'Alice'), await placeOf(page, 'Bob')];
  expect(mine.x > theirs.x && mine.y > theirs.y).toBe(true);
  await page.mouse.move(mine.x, mine.y);
  await page.mouse.down();
  await page.mouse.move(theirs.x, theirs.y);
  await page.mouse.move(theirs.x - 200, theirs.y - 200);
  await page.mouse.up();
  await expect.poll(async () => (await placeOf(page, 'Alice')).x < theirs.x).toBe(true);
  expect((await placeOf(page, 'Alice')).y).toBeLessThan(theirs.y);
  expect(await stageFlaws(page)).toEqual([]);
});

test('a shared screen is zoomed under the pointer and moved', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await open(page, 'screen-theirs', 'full');
  const video = tile(page, 'Screen of Bob').locator('video');
  const box = async () => {
    const found = await video.boundingBox();
    if (!found) throw new Error('the screen is on the page');
    return found;
  };
  const whole = await box();
  for (const name of ['Zoom in', 'Zoom in', 'Zoom in'])
    await callRegion(page).getByRole('button', { name }).click();
  await expect.poll(async () => (await box()).width / whole.width).toBeCloseTo(1.25 ** 3, 1);
  const zoomed = await box();
  await page.mouse.move(whole.x + 300, whole.y + 300);
  await page.mouse.down();
  await page.mouse.move(whole.x + 360, whole.y + 340);
  await page.mouse.up();
  await expect.poll(async () => (await box()).x - zoomed.x).toBeCloseTo(60, 0);
  expect((await box()).y - zoomed.y).toBeCloseTo(40, 0);
  // The page itself keeps its size.
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, 2000);
  await page.keyboard.up('Control');
  await expect.poll(async () => (await box()).width).toBeCloseTo(whole.width, 0);
  await expect(callRegion(page).getByText('100 %')).toBeVisible();
});
