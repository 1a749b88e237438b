import type { Page } from '@playwright/test';
import { expect, test } from '../support/journey';
import { composer } from '../support/screens';
import { watchRequests } from '../support/settled-page';

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
    const { untilSettled } = watchRequests(page);
    await page.reload();
    await expect(ready(page)).toBeVisible();
    // With a slowed processor what comes later is asked for one by one; the time of the test is the limit.
    await untilSettled();
    expect(await page.evaluate(() => (globalThis as Watched).takeMoved())).toEqual([]);
    await devTools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  });
}
