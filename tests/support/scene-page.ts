import type { Page } from '@playwright/test';

/** The windows that every state is looked at in. */
export const sceneSizes = [
  { width: 390, height: 844 },
  { width: 844, height: 390 },
  { width: 1024, height: 600 },
  { width: 1280, height: 800 },
  { width: 1440, height: 900 },
  { width: 1920, height: 1080 },
];

export type ScenePlace = 'dock' | 'full';

/** The names of all states: of the stage (`Scenes`), or of what stands beside and over it (`Surfaces`). */
export async function sceneNames(
  page: Page,
  url: string,
  kind: 'Scenes' | 'Surfaces' = 'Scenes',
): Promise<string[]> {
  // The first request compiles every file of the scenes.
  await page.goto(`${url}/`, { timeout: 60_000 });
  const links = page.getByRole('navigation', { name: kind }).getByRole('link');
  await links.first().waitFor();
  return links.allTextContents();
}

/** Opens a state of the stage and resolves when fonts are there and every picture has come. */
export async function showScene(
  page: Page,
  url: string,
  { name, place, theme = 'dark' }: { name: string; place: ScenePlace; theme?: 'dark' | 'light' },
): Promise<void> {
  const hash = `#scene=${name}&place=${place}&theme=${theme}`;
  await go(page, url, hash);
  await page.getByRole('region', { name: 'Call', exact: true }).waitFor();
  await picturesCome(page);
}

/** Opens a surface and resolves when fonts are there. */
export async function showSurface(
  page: Page,
  url: string,
  { name, theme = 'dark' }: { name: string; theme?: 'dark' | 'light' },
): Promise<void> {
  await go(page, url, `#scene=${name}&theme=${theme}`);
  await page.locator('[data-surface]').waitFor({ state: 'attached' });
  await picturesCome(page);
}

async function go(page: Page, url: string, hash: string): Promise<void> {
  await page.goto(`${url}/${hash}`);
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
