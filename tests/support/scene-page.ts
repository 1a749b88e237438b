import type { Page } from '@playwright/test';
import { callSection } from './stage-flaws.ts';

/** The windows that every state is looked at in: phones, tablets upright, and windows up to a large screen. */
export const sceneSizes = [
  { width: 390, height: 844 },
  { width: 768, height: 1024 },
  { width: 820, height: 1180 },
  { width: 844, height: 390 },
  { width: 1024, height: 600 },
  { width: 1280, height: 800 },
  { width: 1440, height: 900 },
  { width: 1920, height: 1080 },
];

export type ScenePlace = 'dock' | 'full';
/** `words` and `dir` as in `gallery/frame.tsx`. Default: English, and the direction of the words. */
type Look = {
  name: string;
  theme?: 'dark' | 'light';
  dir?: 'ltr' | 'rtl';
  words?: string;
  /** As in an app that sets none of the kit's colours. */
  isBare?: boolean;
};

/**
 * The names of all states: of the stage (`Scenes`), of what stands beside and over it (`Surfaces`), of single parts
 * (`Parts`), and of what changes on the one (`Moves`, `Growing`) and arrives over the other (`Arrivals`).
 */
export async function sceneNames(
  page: Page,
  url: string,
  kind: 'Scenes' | 'Surfaces' | 'Parts' | 'Moves' | 'Growing' | 'Arrivals' = 'Scenes',
): Promise<string[]> {
  // The first request compiles every file of the scenes.
  await page.goto(`${url}/frame.html`, { timeout: 60_000 });
  const links = page.getByRole('navigation', { name: kind }).getByRole('link');
  await links.first().waitFor();
  return links.allTextContents();
}

const hashOf = ({ name, theme = 'dark', dir, words = 'en' }: Look) =>
  `#scene=${name}&theme=${theme}&words=${words}${dir ? `&dir=${dir}` : ''}`;

/** Opens a state of the stage and resolves when fonts are there and every picture has come. */
export async function showScene(
  page: Page,
  url: string,
  { place, ...look }: Look & { place: ScenePlace },
): Promise<void> {
  const hash = `${hashOf(look)}&place=${place}`;
  await go(page, url, hash, look.isBare);
  await page.locator(callSection).waitFor();
  await picturesCome(page);
}

/** Opens a surface and resolves when fonts are there. */
export async function showSurface(page: Page, url: string, look: Look): Promise<void> {
  await go(page, url, hashOf(look), look.isBare);
  await page.locator('[data-surface]').waitFor({ state: 'attached' });
  await picturesCome(page);
}

const moveHash = (name: string, place: ScenePlace, step: 'before' | 'after') =>
  `#move=${encodeURIComponent(name)}&place=${place}&step=${step}`;

/** Opens the state that a change begins with, or changes it to the one that follows. */
export async function showStep(
  page: Page,
  url: string,
  { name, place = 'dock', step }: { name: string; place?: ScenePlace; step: 'before' | 'after' },
): Promise<void> {
  await go(page, url, moveHash(name, place, step));
  await picturesCome(page);
}

/**
 * Shows a state, changes it to the one that follows, and resolves with what has moved: a line for each element that now
 * stands somewhere else than before, without any input.
 */
export async function movedBy(
  page: Page,
  url: string,
  change: { name: string; place?: ScenePlace },
): Promise<string[]> {
  await showStep(page, url, { ...change, step: 'before' });
  await page.evaluate(watchShifts);
  await showStep(page, url, { ...change, step: 'after' });
  return page.evaluate(() => (globalThis as Watched).shifted?.() ?? ['nothing was watched']);
}

type Watched = typeof globalThis & { shifted?: () => string[] };

/** Runs inside the page: collects from here on what moves. */
function watchShifts(): void {
  type Moved = { node: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly };
  type Shift = PerformanceEntry & { value: number; sources: Moved[] };
  const moved: string[] = [];
  const nameOf = (node: Node | null) => {
    const element = node instanceof Element ? node : node?.parentElement;
    const role = element?.getAttribute('role') ?? element?.tagName.toLowerCase();
    return `${role} ${element?.getAttribute('aria-label') ?? node?.textContent?.slice(0, 40)}`;
  };
  const place = ({ left, top }: DOMRectReadOnly) => `${Math.round(left)},${Math.round(top)}`;
  const take = (entries: PerformanceEntryList) => {
    for (const { value, sources } of entries as Shift[])
      for (const { node, previousRect, currentRect } of sources)
        moved.push(`${nameOf(node)}: ${place(previousRect)} to ${place(currentRect)} (${value.toFixed(4)})`);
  };
  const observer = new PerformanceObserver((list) => take(list.getEntries()));
  observer.observe({ type: 'layout-shift' });
  (globalThis as Watched).shifted = () => {
    take(observer.takeRecords());
    observer.disconnect();
    return moved;
  };
}

async function go(page: Page, url: string, hash: string, isBare = false): Promise<void> {
  await page.goto(`${url}/frame.html${isBare ? '?bare' : ''}${hash}`);
  await page.locator(`html[data-shown="${hash}"]`).waitFor();
}

/** Resolves when every picture on the page shows something. */
async function picturesCome(page: Page): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  // A frame that was presented: a video with a size may still show nothing.
  await page.evaluate(() =>
    Promise.all(
      [...document.querySelectorAll('video')].map(
        (video) => new Promise((resolve) => video.requestVideoFrameCallback(resolve)),
      ),
    ),
  );
  // The layout follows the shape of a picture in the next frame.
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}
