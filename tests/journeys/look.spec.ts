import type { Page } from '@playwright/test';
import { callFromHeader, expectNoCall } from '../support/calling';
import { expect, test } from '../support/journey';
import { decline } from '../support/screens';

const theme = (page: Page) => page.locator('html').getAttribute('data-theme');

test('the theme follows the system, can be switched, and the choice survives a reload', async ({
  person,
}) => {
  const { page } = await person('dave', { context: { colorScheme: 'light' } });
  await expect.poll(() => theme(page)).toBe('light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(() => theme(page)).toBe('dark');
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await background();

  await page.getByRole('link', { name: 'Settings', exact: true }).first().click();
  const choice = page.getByRole('main').getByRole('combobox', { name: 'Theme' });
  const choose = async (word: string) => {
    await choice.click();
    await page.getByRole('option', { name: word, exact: true }).click();
  };
  await choose('Light');
  await expect.poll(() => theme(page)).toBe('light');
  await expect.poll(background).not.toBe(dark);
  await page.reload();
  expect(await theme(page)).toBe('light');
  await expect(choice).toContainText('Light');
  await choose('Match system');
  await expect.poll(() => theme(page)).toBe('dark');
  await expect.poll(background).toBe(dark);
});

test('with reduced motion nothing moves while a call rings, and without it the window does', async ({
  person,
}) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  await callFromHeader(alice, bob);
  const moving = (page: Page) => page.evaluate(() => document.getAnimations().length);
  expect([await moving(alice.page), await moving(bob.page)]).toEqual([0, 0]);
  await bob.page.emulateMedia({ reducedMotion: 'no-preference' });
  await expect.poll(() => moving(bob.page)).toBeGreaterThan(0);
  await decline(bob.page, 'Alice').click();
  await expectNoCall(alice, bob);
});
