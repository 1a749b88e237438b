import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../support/journey';
import type { PersonOptions } from '../support/people';
import { composer, openConversation, sendMessage } from '../support/screens';

const log = (page: Page) => page.getByRole('log', { name: 'Messages' });
const send = (page: Page) => page.getByRole('button', { name: 'Send', exact: true });
const phone: PersonOptions = {
  viewport: { width: 390, height: 844 },
  context: { isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
};

/** Runs in the page: how far each word begins from the left edge of the element that holds it, in px. */
const startsOf = (message: Locator, words: string[]) =>
  message.evaluate((element, wanted) => {
    const box = element.getBoundingClientRect();
    const starts: { left: number; right: number }[] = [];
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (const word of wanted) {
      walker.currentNode = element;
      while (walker.nextNode()) {
        const at = walker.currentNode.textContent?.indexOf(word) ?? -1;
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(walker.currentNode, at);
        range.setEnd(walker.currentNode, at + word.length);
        const { left, right } = range.getBoundingClientRect();
        starts.push({ left: Math.round(left - box.left), right: Math.round(box.right - right) });
        break;
      }
    }
    return starts;
  }, words);

test('every line of a message has its own direction and side, and the field follows what is typed', async ({
  person,
}) => {
  const { page } = await person('alice');
  await openConversation(page, 'Bob');
  const direction = () => composer(page).evaluate((field) => getComputedStyle(field).direction);
  await composer(page).fill('שלום Bob');
  expect(await direction()).toBe('rtl');
  await composer(page).fill('Hello דנה');
  expect(await direction()).toBe('ltr');

  await sendMessage(page, 'First in English\nשורה שנייה\nthird (2)\n(3) رابع');
  // The row of a message that is on its way is replaced by the one of the message that the server confirmed.
  const confirmed = page.getByRole('button', { name: 'Delete message', includeHidden: true });
  const message = log(page)
    .getByRole('listitem')
    .filter({ hasText: 'First in English', has: confirmed })
    .locator('p');
  const [first, second, third, fourth] = await startsOf(message, ['First', 'שורה', 'third', 'رابع']);
  expect(first?.left).toBe(0);
  expect(second?.right).toBe(0);
  expect(third?.left).toBe(0);
  // What stands before the first strong letter is part of its line: "(3)" is at the right edge, the word left of it.
  expect(fourth?.right).toBeGreaterThan(5);
  expect(fourth?.left).toBeGreaterThan(fourth?.right ?? 0);
});

test('a paste that is too long stays whole until it is short enough', async ({ person }) => {
  const { page } = await person('alice');
  await openConversation(page, 'Bob');
  const long = `${'a long story '.repeat(320)}and its end`;
  await composer(page).evaluate((field, text) => {
    field.focus();
    document.execCommand('insertText', false, text);
  }, long);
  await expect(composer(page)).toHaveValue(long);
  await expect(page.getByText(`${long.length - 4000} characters too many`)).toBeVisible();
  await expect(send(page)).toBeDisabled();
  await composer(page).press('Enter');
  await expect(composer(page)).toHaveValue(long);
  await composer(page).fill(long.slice(0, 4000));
  await expect(page.getByText('too many')).toHaveCount(0);
  await send(page).click();
  await expect(composer(page)).toHaveValue('');
});

test('drafts, and what could not be sent, outlive a reload; signing out leaves nothing of them', async ({
  app,
  person,
  expectConsole,
}) => {
  expectConsole(/Failed to load resource|ERR_FAILED/);
  const { page } = await person('alice', { ownSignIn: true });
  await openConversation(page, 'Bob');
  await page.route('**/messages', (route) =>
    route.request().method() === 'POST' ? route.abort() : route.continue(),
  );
  await sendMessage(page, 'Into the tunnel');
  await expect(log(page).getByText('Not sent.')).toBeVisible();
  await composer(page).fill('half a thought');

  await page.reload();
  await expect(composer(page)).toHaveValue('half a thought');
  await expect(log(page).getByText('Into the tunnel')).toBeVisible();
  await expect(log(page).getByText('Not sent.')).toBeVisible();
  await page.unroute('**/messages');
  await log(page).getByRole('button', { name: 'Try again' }).click();
  await expect(log(page).getByText('Not sent.')).toHaveCount(0);
  // A reload would stop a message that is still on its way.
  const sent = log(page).getByRole('listitem').filter({ hasText: 'Into the tunnel' });
  await expect(sent.getByRole('button', { name: 'Delete message', includeHidden: true })).toHaveCount(1);
  await page.reload();
  await expect(log(page).getByText('Into the tunnel')).toHaveCount(1);
  await expect(log(page).getByText('Not sent.')).toHaveCount(0);

  const kept = () => page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('writing')));
  expect(await kept()).toHaveLength(1);
  await page.goto(`${app.url}/settings`);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL('**/login');
  expect(await kept()).toEqual([]);
});

test('on a phone Enter makes a line, Send sends, and pulling the page down does nothing', async ({
  person,
}) => {
  const { page } = await person('alice', phone);
  await openConversation(page, 'Bob');
  await composer(page).pressSequentially('one');
  await composer(page).press('Enter');
  await composer(page).pressSequentially('two');
  await expect(composer(page)).toHaveValue('one\ntwo');
  await send(page).tap();
  await expect(log(page).getByText('one\ntwo')).toBeVisible();
  await expect(composer(page)).toHaveValue('');
  const overscroll = await page.evaluate(() =>
    [document.documentElement, document.body].map((element) => getComputedStyle(element).overscrollBehaviorY),
  );
  expect(overscroll).toEqual(['none', 'none']);
});
