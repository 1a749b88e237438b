import type { Page } from '@playwright/test';
import { expect, test } from '../support/journey';
import { openConversation, sendMessage } from '../support/screens';

const log = (page: Page) => page.getByRole('log', { name: 'Messages' });

/** Sends this many lines, as fast as the server takes them; more than one page of the list. */
async function sendMany(page: Page, count: number): Promise<void> {
  await page.evaluate(async (lines) => {
    const conversationId = location.pathname.split('/').at(-1);
    for (let line = 1; line <= lines; line += 1)
      await fetch(`/api/conversations/${conversationId}/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ text: `line ${line}.`, clientMessageId: crypto.randomUUID() }),
      });
  }, count);
}

/** Where a line stands on the screen. */
const topOf = async (page: Page, text: string): Promise<number> =>
  Math.round((await log(page).getByText(text, { exact: true }).boundingBox())?.y ?? Number.NaN);

test('whoever reads further up stays there when messages come in above and below, and comes back with one press', async ({
  person,
}) => {
  test.setTimeout(120_000);
  const [alice, bob] = [await person('alice'), await person('bob')];
  await openConversation(bob.page, 'Weekend trip');
  await sendMany(bob.page, 70);
  await openConversation(alice.page, 'Weekend trip');
  await expect(log(alice.page).getByText('line 70.', { exact: true })).toBeInViewport();
  await expect(alice.page.getByRole('button', { name: 'Newest messages' })).toBeHidden();

  // The first page begins at line 21: the older one is held back until it is known where things stand.
  const { promise: isMeasured, resolve: letGo } = Promise.withResolvers<void>();
  await alice.page.route(/[?&]before=/, async (route) => {
    await isMeasured;
    await route.continue();
  });
  await log(alice.page).getByText('line 30.', { exact: true }).scrollIntoViewIfNeeded();
  const before = await topOf(alice.page, 'line 30.');
  letGo();
  await expect(log(alice.page).getByText('line 3.', { exact: true })).toBeAttached();
  expect(await topOf(alice.page, 'line 30.')).toBe(before);

  await sendMessage(bob.page, 'One more from Bob');
  await expect(alice.page.getByRole('button', { name: '1 new message' })).toBeVisible();
  expect(await topOf(alice.page, 'line 30.')).toBe(before);
  await alice.page.getByRole('button', { name: '1 new message' }).click();
  await expect(log(alice.page).getByText('One more from Bob')).toBeInViewport();
  await expect(alice.page.getByRole('button', { name: '1 new message' })).toBeHidden();
});
