import { expect, type Locator, type Page } from '@playwright/test';
import { shownName } from './calling';
import type { Person } from './people';
import { conversations } from './screens';

/** Makes a group with the picker, as people do, and waits until it is open. */
export async function makeGroup(creator: Person, others: readonly Person[], title: string): Promise<void> {
  const { page } = creator;
  await conversations(page).getByRole('button', { name: 'New conversation' }).click();
  for (const other of others) {
    await page
      .getByRole('textbox', { name: 'People' })
      .or(page.getByRole('searchbox', { name: 'People' }))
      .fill(shownName(other));
    await page.getByRole('checkbox', { name: shownName(other) }).check();
  }
  await page.getByRole('textbox', { name: 'Title' }).fill(title);
  await page.getByRole('button', { name: 'Create group' }).click();
  await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
}

/** One entry of the header's More menu. */
export async function chooseMore(page: Page, entry: string): Promise<void> {
  await page.getByRole('main').getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: entry }).click();
}

/** A conversation's row in the list, with everything that stands in it. */
export const row = (page: Page, title: string): Locator =>
  conversations(page)
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', { name: title }) });

/** **Join call** in the conversation list. */
export const listJoinCall = (page: Page, title: string): Locator =>
  row(page, title).getByRole('button', { name: 'Join call' });
