import type { Page } from '@playwright/test';
import { expect, test } from '../support/journey';
import { conversations, openSettings } from '../support/screens';

const lang = (page: Page) => page.locator('html').getAttribute('lang');
const germanConversations = (page: Page) => page.getByRole('navigation', { name: 'Unterhaltungen' });

/** Chooses a language in Settings, which are in `now`. */
async function chooseLanguage(page: Page, now: 'Language' | 'Sprache', name: string): Promise<void> {
  await page.getByRole('combobox', { name: now, exact: true }).click();
  await page.getByRole('option', { name, exact: true }).click();
}

test('a browser that prefers German is served German, and one that knows neither language English', async ({
  app,
  browser,
  watch,
}) => {
  const german = await browser.newContext({ locale: 'de-AT' });
  const page = await german.newPage();
  watch(page, 'visitor');
  await page.goto(`${app.url}/login`);
  expect(await lang(page)).toBe('de');
  await expect(page).toHaveTitle('Anmelden · Parley');
  await page.getByRole('button', { name: 'Anmelden', exact: true }).click();
  await expect(page.getByRole('alert').first()).toHaveText('Gib deinen Benutzernamen ein.');
  await german.close();

  const other = await browser.newContext({ locale: 'pt-BR' });
  const foreign = await other.newPage();
  await foreign.goto(`${app.url}/login`);
  expect(await lang(foreign)).toBe('en');
  await expect(foreign.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible();
  await other.close();
});

test('a language that is chosen in Settings shows at once, stays after a reload, and other tabs follow', async ({
  person,
}) => {
  const alice = await person('alice');
  const second = await alice.newTab();
  await second.goto(alice.page.url());
  await expect(conversations(second)).toBeVisible();
  await openSettings(alice.page);
  await alice.page.evaluate(() => Object.assign(globalThis, { isSamePage: true }));
  await chooseLanguage(alice.page, 'Language', 'Deutsch');
  await expect(germanConversations(alice.page)).toBeVisible();
  await expect.poll(() => lang(alice.page)).toBe('de');
  await expect(alice.page).toHaveTitle(/Einstellungen · Parley/);
  expect(
    await alice.page.evaluate(() => 'isSamePage' in globalThis),
    'a page load would have ended a call',
  ).toBe(true);

  await alice.page.reload();
  await expect(germanConversations(alice.page)).toBeVisible();
  await second.reload();
  await expect(germanConversations(second)).toBeVisible();
  await second.close();

  await chooseLanguage(alice.page, 'Sprache', 'Wie der Browser');
  await expect(conversations(alice.page)).toBeVisible();
  await expect.poll(() => lang(alice.page)).toBe('en');
});

test('times and days are written as the reader’s language and region do', async ({ person }) => {
  const { page } = await person('alice', { context: { locale: 'de-DE', timezoneId: 'Europe/Berlin' } });
  await expect(germanConversations(page)).toBeVisible();
  await expect(page.getByRole('log').locator('time').first()).toHaveText(/^\d\d:\d\d$/);
  await expect(page.getByRole('log').locator('time').first()).toHaveAttribute(
    'title',
    /, \d\d?\. .*\d\d:\d\d$/,
  );
});
