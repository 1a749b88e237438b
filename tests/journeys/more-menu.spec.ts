import type { Page } from '@playwright/test';
import { expect, test } from '../support/journey';
import { composer } from '../support/screens';

const more = (page: Page) => page.getByRole('button', { name: 'More', exact: true });
const menu = (page: Page) => page.getByRole('menu');

test('the first press opens the menu of a conversation as every later one, by mouse and by keys', async ({
  person,
}) => {
  const { page } = await person('alice');
  await expect(composer(page)).toBeVisible();
  // The first opening loads the menu.
  await more(page).focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(menu(page)).toBeHidden();
  await expect(more(page)).toBeFocused();

  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(more(page)).toBeFocused();

  await more(page).click();
  await expect(menu(page)).toBeVisible();
  await expect(more(page)).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('Escape');
  await expect(more(page)).toHaveAttribute('aria-expanded', 'false');
});

test('a menu and a profile that can’t be had say so, and open once they can', async ({
  expectConsole,
  person,
}) => {
  const { page } = await person('alice');
  expectConsole(/Failed to load resource/);
  await expect(composer(page)).toBeVisible();
  const html = await (await page.request.get(page.url())).text();
  // All code but what the page loads first.
  await page.route(/\/static\/chunks\/[^/]+\.js/, (route) => {
    const name = new URL(route.request().url()).pathname.split('/').at(-1) ?? '';
    return html.includes(name) ? route.continue() : route.abort();
  });
  await page.reload();
  const says = page.getByRole('alert').filter({ hasText: 'That didn’t open.' });
  await more(page).click();
  await expect(says).toBeVisible();
  await says.getByRole('button', { name: 'Dismiss' }).click();
  await page.getByRole('main').getByRole('button', { name: 'Bob' }).first().click();
  await expect(says).toBeVisible();

  await page.unrouteAll();
  await more(page).click();
  await expect(menu(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('main').getByRole('button', { name: 'Bob' }).first().click();
  await expect(page.getByRole('dialog', { name: 'Bob' })).toBeVisible();
});
