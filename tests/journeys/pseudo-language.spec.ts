import type { Page } from '@playwright/test';
import { expect, test } from '../support/journey';
import { languageFlaws, writePseudoLanguage } from '../support/pseudo-language';

test.use({ appSettings: { PARLEY_TEST_LANGUAGE: writePseudoLanguage() } });

async function speak(page: Page, tag: 'en-XA' | 'ar-XB'): Promise<void> {
  await page.context().addCookies([{ name: 'parley-language', value: tag, url: page.url() }]);
}

/** Opens a page and looks at it; what it opens after that is looked at by `expectWords`. */
async function open(page: Page, path: string): Promise<void> {
  await page.goto(new URL(path, page.url()).href);
  await page.locator('main:visible, nav:visible').first().waitFor();
  // The last of what the server leaves to the browser.
  if (path === '/settings') await page.locator('#account').waitFor();
}

const expectWords = async (page: Page, where: string) =>
  expect.soft(await languageFlaws(page), where).toEqual([]);

const sizes = { wide: { width: 1280, height: 800 }, narrow: { width: 390, height: 780 } };

for (const [size, viewport] of Object.entries(sizes)) {
  test(`no screen of a ${size} window has words outside the catalogue or cuts a label off`, async ({
    person,
  }) => {
    const { page } = await person('alice', { viewport });
    await speak(page, 'en-XA');
    await open(page, '/messages');
    await expectWords(page, 'the list of conversations');
    for (const path of ['/calls', '/settings', '/operator']) {
      await open(page, path);
      await expectWords(page, path);
    }
  });

  test(`every screen of a ${size} window is laid out from right to left`, async ({ person }) => {
    const { page } = await person('alice', { viewport });
    await speak(page, 'ar-XB');
    for (const path of ['/messages', '/calls', '/settings', '/operator']) {
      await open(page, path);
      expect(await page.locator('html').getAttribute('dir'), path).toBe('rtl');
      const overhang = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect.soft(overhang, `${path} scrolls sideways`).toBe(0);
    }
  });
}
