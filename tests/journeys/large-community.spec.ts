import type { Page } from '@playwright/test';
import { callFromProfile, expectTalking } from '../support/calling';
import { addCrowd } from '../support/crowd';
import { expect, test } from '../support/journey';
import {
  accept,
  conversations,
  disconnect,
  members,
  openConversation,
  profile,
  sendMessage,
} from '../support/screens';

/** Four hundred people, the last by name on no first page. */
const crowd = [...Array.from({ length: 399 }, (_, n) => `Ada ${String(n).padStart(3, '0')}`), 'Crowd399'];
const row = (page: Page, name: string) => members(page).getByRole('button', { name });

/** Scrolls the list of members down until this person is in it. */
async function scrollTo(page: Page, name: string): Promise<void> {
  await expect(async () => {
    await members(page).getByRole('listitem').last().scrollIntoViewIfNeeded();
    await expect(row(page, name)).toBeVisible({ timeout: 500 });
  }).toPass();
}

test('in a community of hundreds the list is scrolled and searched, and whom it finds is called', async ({
  app,
  person,
}) => {
  addCrowd(app, crowd);
  const [alice, last] = [await person('alice'), await person('crowd399')];
  const { page } = alice;
  await openConversation(page, 'general');
  await expect(members(page).getByRole('heading', { name: 'Members 405' })).toBeVisible();
  await expect(members(page).getByText('Here · 2')).toBeVisible();
  await expect(row(page, 'Crowd399')).toBeVisible();
  await expect(row(page, 'Ada 000')).toBeVisible();
  await expect(row(page, 'Erin')).toHaveCount(0);
  await scrollTo(page, 'Erin');
  await expect(members(page).getByText('Away · 403')).toBeVisible();

  const filter = members(page).getByRole('searchbox', { name: 'Find a member' });
  await filter.fill('OWD399');
  await expect(members(page).getByRole('listitem')).toHaveCount(1);
  await row(page, 'Crowd399').click();
  await expect(profile(page, 'Crowd399').getByText(/Online/)).toBeVisible();
  await page.keyboard.press('Escape');
  await filter.fill('no such name');
  await expect(members(page).getByText('Nobody by that name.')).toBeVisible();
  await filter.fill('crowd399');

  await callFromProfile(alice, last);
  await accept(last.page, 'Alice').click();
  await expectTalking(alice, last);
  await disconnect(page).click();
});

test('a stranger’s message has their name from the first moment, also after a reload', async ({
  app,
  person,
}) => {
  addCrowd(app, crowd);
  const [alice, last] = [await person('alice'), await person('crowd399')];
  const { page } = alice;
  await openConversation(page, 'general');
  await openConversation(last.page, 'general');
  /** Every author whom the page has shown since this. */
  await page.evaluate(() => {
    const seen = new Set<string>();
    Object.assign(window, { seen });
    const note = () => {
      for (const name of document.querySelectorAll(
        '[role="log"] button[aria-haspopup="dialog"], [role="log"] bdi',
      ))
        seen.add(name.textContent ?? '');
    };
    new MutationObserver(note).observe(document.body, {
      childList: true,
      subtree: true,
      characterData: true,
    });
  });
  await sendMessage(last.page, 'I am new here');
  const message = page.getByRole('main').getByRole('listitem').filter({ hasText: 'I am new here' });
  await expect(message.getByRole('button', { name: 'Crowd399' })).toBeVisible();
  expect(await page.evaluate(() => [...(window as unknown as { seen: Set<string> }).seen])).not.toContain(
    'Someone',
  );

  await page.reload();
  await expect(message.getByRole('button', { name: 'Crowd399' })).toBeVisible();
  await message.getByRole('button', { name: 'Crowd399' }).click();
  await profile(page, 'Crowd399').getByRole('button', { name: 'Message', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Crowd399', level: 1 })).toBeVisible();
  await expect(conversations(page).getByRole('link', { name: 'Crowd399' })).toBeVisible();
});

test('the picker finds a person of hundreds', async ({ app, person }) => {
  addCrowd(app, crowd);
  const { page } = await person('alice');
  await page.getByRole('button', { name: 'New conversation' }).click();
  const dialog = page.getByRole('dialog', { name: 'New conversation' });
  await dialog.getByRole('searchbox', { name: 'People' }).fill('crowd399');
  await dialog.getByRole('checkbox', { name: 'Crowd399' }).check();
  await dialog.getByRole('button', { name: 'Message', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Crowd399', level: 1 })).toBeVisible();
});
