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

test('a reader further up stays there when messages load above and below, and returns with one press', async ({
  person,
}) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  await openConversation(bob.page, 'Weekend trip');
  await sendMany(bob.page, 70);
  await openConversation(alice.page, 'Weekend trip');
  await expect(log(alice.page).getByText('line 70.', { exact: true })).toBeInViewport();
  await expect(alice.page.getByRole('button', { name: 'Newest messages' })).toBeHidden();

  // The first page begins at line 21; its position is recorded in every frame until the older page has loaded.
  const tops = await log(alice.page).evaluate(async (frame) => {
    const line = (text: string) =>
      [...frame.querySelectorAll('p > span')].find((one) => one.textContent === text);
    const read = line('line 30.');
    read?.scrollIntoView({ block: 'center' });
    const seen = new Set<number | undefined>();
    do {
      seen.add(read && Math.round(read.getBoundingClientRect().top));
      await new Promise(requestAnimationFrame);
    } while (!line('line 3.'));
    return [...seen.add(read && Math.round(read.getBoundingClientRect().top))];
  });
  const before = await topOf(alice.page, 'line 30.');
  expect(tops, 'where line 30 stood while the older page was asked for and came').toEqual([before]);

  await sendMessage(bob.page, 'One more from Bob');
  await expect(alice.page.getByRole('button', { name: '1 new message' })).toBeVisible();
  expect(await topOf(alice.page, 'line 30.')).toBe(before);
  await alice.page.getByRole('button', { name: '1 new message' }).click();
  await expect(log(alice.page).getByText('One more from Bob')).toBeInViewport();
  await expect(alice.page.getByRole('button', { name: '1 new message' })).toBeHidden();
});
