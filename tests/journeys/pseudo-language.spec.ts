import type { Page } from '@playwright/test';
import { expect, test } from '../support/journey';
import {
  languageFlaws,
  pseudoAppText,
  pseudoCallWords,
  writePseudoLanguage,
} from '../support/pseudo-language';

test.use({ appSettings: { PARLEY_TEST_LANGUAGE: writePseudoLanguage() } });

async function speak(page: Page, tag: 'en-XA' | 'ar-XB'): Promise<void> {
  // Not by the page's whole address, which makes it a cookie of that folder: home goes on to a conversation.
  const { origin } = new URL(page.url());
  await page.context().addCookies([{ name: 'parley-language', value: tag, url: origin }]);
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

  test(`no dialog, menu or call of a ${size} window has words outside the catalogue`, async ({ person }) => {
    const { page } = await person('alice', { viewport });
    await speak(page, 'en-XA');
    const press = (name: string) => page.getByRole('button', { name, exact: true }).first().click();
    const expectDialog = async (where: string) => {
      await page.getByRole('dialog').waitFor();
      await expectWords(page, where);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
    };
    await open(page, '/messages');
    await press(pseudoAppText('shell', 'newConversation'));
    await expectDialog('a new conversation');

    await page.getByRole('link', { name: 'Weekend trip' }).first().click();
    await page.getByRole('heading', { name: 'Weekend trip', level: 1 }).waitFor();
    const header = page.locator('main header');
    const choose = async (name: string) => {
      await header.getByRole('button', { name: pseudoAppText('messages', 'more'), exact: true }).click();
      await page.getByRole('menu').waitFor();
      await expectWords(page, 'the menu of a group');
      await page.getByRole('menuitem', { name: pseudoAppText('messages', name), exact: true }).click();
    };
    await choose('rename');
    await expectDialog('a new name for a group');
    await choose('checkDevices');
    await expectDialog('the check of devices');
    await choose('leave');
    await expectDialog('the question before leaving a group');

    await open(page, '/messages');
    await page.getByRole('link', { name: 'Bob' }).first().click();
    await page.getByRole('heading', { name: 'Bob', level: 1 }).waitFor();
    await header.getByRole('button').first().click();
    await expectDialog('a profile');

    const { start, call } = pseudoCallWords;
    const isStarted = page.waitForResponse((response) => new URL(response.url()).pathname === '/api/calls');
    await page.locator('main').getByRole('button', { name: start.call, exact: true }).click();
    if (viewport.width < 768) {
      await page.getByRole('dialog').waitFor();
      await expectWords(page, 'the question before a call');
      await page.getByRole('dialog').getByRole('button', { name: start.join, exact: true }).click();
    }
    const leave = page
      .getByRole('button', { name: viewport.width < 768 ? call.leave : call.disconnect, exact: true })
      .first();
    await leave.waitFor();
    await expectWords(page, 'an outgoing call');
    // A leave that comes first refuses the start, which browsers print as an error.
    await isStarted;
    await leave.click();
    await expect(leave).toBeHidden();
    await expectWords(page, 'after a call');
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

test('a phone shows one page at a time, whatever it calls its conversations', async ({ person }) => {
  const { page } = await person('alice', { viewport: sizes.narrow });
  await speak(page, 'en-XA');
  await open(page, '/messages');
  const list = page.getByRole('navigation', { name: pseudoAppText('shell', 'conversations'), exact: true });
  await list.getByRole('link', { name: 'Bob' }).click();
  await page.getByRole('heading', { name: 'Bob', level: 1 }).waitFor();
  await expect(list).toBeHidden();
  await open(page, '/calls');
  await expect(list).toBeHidden();
});
