import type { Page } from '@playwright/test';
import { pageWeight } from '../../scripts/bench/page-weight.mjs';
import { expect, test } from '../support/journey';
import { composer } from '../support/screens';

type Moved = { node: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly };
type Shift = PerformanceEntry & { sources: Moved[] };
type Watched = typeof globalThis & { takeMoved(): string[] };

/**
 * Collects what moves up or down once the page's HTML has arrived; before, a row grows with its own words.
 * Sideways a late font moves words by a pixel.
 */
function watchShifts(): void {
  const moved: string[] = [];
  const collect = (entries: PerformanceEntryList) => {
    for (const entry of entries as Shift[])
      for (const { node, previousRect, currentRect } of entry.sources)
        if (Math.abs(previousRect.top - currentRect.top) >= 1)
          moved.push(`${node?.textContent?.slice(0, 60)}: ${previousRect.top} to ${currentRect.top}`);
  };
  const observer = new PerformanceObserver((list) => collect(list.getEntries()));
  addEventListener('DOMContentLoaded', () => observer.observe({ type: 'layout-shift' }));
  (globalThis as Watched).takeMoved = () => {
    collect(observer.takeRecords());
    return moved;
  };
}

// The page's own work takes four times as long: more than the usual minute on a machine that is busy.
test.setTimeout(150_000);
const pages = [
  { path: '/settings', ready: (page: Page) => page.getByRole('slider', { name: 'Ring volume' }) },
  { path: '/operator', ready: (page: Page) => page.getByRole('button', { name: 'Create invite link' }) },
  { path: '/calls', ready: (page: Page) => page.getByRole('heading', { name: 'Calls', level: 1 }) },
  { path: '/messages', ready: composer },
];

for (const { path, ready } of pages) {
  test(`nothing on ${path} moves up or down while the page becomes interactive`, async ({ person }) => {
    const { page } = await person('alice', { path });
    // As high as the whole page: what is out of sight counts, too, because a press scrolls to it.
    await page.setViewportSize({ width: 1280, height: 2200 });
    const devTools = await page.context().newCDPSession(page);
    await devTools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    await page.addInitScript(watchShifts);
    await page.reload();
    await expect(ready(page)).toBeVisible();
    await page.waitForLoadState('networkidle');
    expect(await page.evaluate(() => (globalThis as Watched).takeMoved())).toEqual([]);
    await devTools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  });
}

/**
 * In bytes, compressed: all scripts and styles that the HTML of a conversation names. What only a call, a dialog or a
 * ring's reply needs is loaded once the page has settled (lib/call-ui/components/call-parts.ts). What it was before the
 * kit became a package.
 */
const firstLoadLimit = 325_277;

test('a conversation without a call loads no more scripts and styles than its limit', async ({
  app,
  person,
}) => {
  const { page } = await person('alice');
  await expect(composer(page)).toBeVisible();
  const html = await (await page.request.get(page.url())).text();
  const files = await pageWeight(html, async (name) =>
    (await page.request.get(`${app.url}/_next/${name}`)).body(),
  );
  expect(files.filter(({ name }) => name.endsWith('.css')).length).toBeGreaterThan(0);
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const largest = files.slice(0, 6).map(({ name, bytes }) => `${name} ${bytes}`);
  expect(
    total,
    `The first load is ${total} bytes; the largest files are ${largest.join(', ')}.`,
  ).toBeLessThanOrEqual(firstLoadLimit);
});
