import { expect, type Locator, type Page } from '@playwright/test';

declare global {
  interface Window {
    parleyWindowTimes?: { clickedAt?: number; goneAt?: number };
  }
}

const notesIn = (page: Page): Promise<number[]> => page.evaluate(() => window.parleyVoice?.notes ?? []);

/** The longest silence between two notes of any ringtone, in milliseconds. */
const longestPauseMs = 3400;

/** Which of these pages strike a note from now on, until one of them has struck two rounds of its tune. */
export async function ringingAmong(pages: readonly Page[]): Promise<Page[]> {
  const countAll = () => Promise.all(pages.map(async (page) => (await notesIn(page)).length));
  const before = await countAll();
  let struck: number[] = [];
  await expect
    .poll(
      async () => {
        struck = (await countAll()).map((count, index) => count - (before[index] ?? 0));
        // A round of the shortest tune has three notes.
        return Math.max(...struck);
      },
      { timeout: 3 * longestPauseMs, intervals: [200] },
    )
    .toBeGreaterThanOrEqual(9);
  return pages.filter((_, index) => (struck[index] ?? 0) > 0);
}

/** Resolves when a page has struck no note for longer than any ringtone pauses. */
export async function staysQuiet(page: Page): Promise<void> {
  await expect
    .poll(
      () =>
        page.evaluate(() => {
          const now = performance.timeOrigin + performance.now();
          return now - Math.max(performance.timeOrigin, ...(window.parleyVoice?.notes ?? []));
        }),
      { timeout: 3 * longestPauseMs, intervals: [300] },
    )
    .toBeGreaterThan(longestPauseMs);
}

/**
 * How many milliseconds pass between a click and the moment when the window of a ring has disappeared on all of
 * these pages; taken inside the pages, so that a slow test runner doesn't count.
 */
export async function timeUntilHidden(
  clicked: Locator,
  name: string,
  pages: readonly Page[],
): Promise<number> {
  for (const page of [...pages, clicked.page()]) {
    await page.evaluate((windowName) => {
      const now = () => performance.timeOrigin + performance.now();
      const times: { clickedAt?: number; goneAt?: number } = {};
      const note = () => {
        times.clickedAt ??= now();
      };
      document.addEventListener('click', note, { capture: true, once: true });
      const observer = new MutationObserver(() => {
        if (document.querySelector(`[role="alertdialog"][aria-label="${windowName}"]`)) return;
        times.goneAt = now();
        observer.disconnect();
      });
      observer.observe(document.body, { childList: true, subtree: true });
      window.parleyWindowTimes = times;
    }, name);
  }
  const timesIn = (page: Page) => page.evaluate(() => window.parleyWindowTimes);
  await clicked.click();
  const { clickedAt } = (await timesIn(clicked.page())) ?? {};
  if (clickedAt === undefined) throw new Error('the click did not arrive');
  let lastMs = 0;
  for (const page of pages) {
    await expect.poll(async () => (await timesIn(page))?.goneAt, { intervals: [50] }).toBeDefined();
    lastMs = Math.max(lastMs, ((await timesIn(page))?.goneAt ?? Infinity) - clickedAt);
  }
  return lastMs;
}
