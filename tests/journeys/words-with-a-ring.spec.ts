import { join } from 'node:path';
import Database from 'better-sqlite3';
import { isAlive } from '../../scripts/processes.mjs';
import { callFromHeader, expectNoCall, openDirect } from '../support/calling';
import { expect, test } from '../support/journey';
import { decline, disconnect, headerCall, incomingWindow, openConversation } from '../support/screens';

test('a call says what it is about: on the ring, and in the conversation and the history afterwards', async ({
  app,
  person,
}) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  await openDirect(alice, bob);
  await openDirect(bob, alice);
  await headerCall(alice.page).click({ modifiers: ['Shift'] });
  const sheet = alice.page.getByRole('dialog', { name: 'Start call' });
  await expect(sheet.getByRole('heading', { name: 'Call Bob' })).toBeVisible();
  const line = sheet.getByRole('textbox', { name: 'What’s it about?' });
  await expect(line).toBeFocused();
  await line.fill('x'.repeat(82));
  await expect(sheet.getByText('2 characters too many')).toBeVisible();
  await expect(sheet.getByRole('button', { name: 'Join call' })).toBeDisabled();
  await line.fill('about the shelves?');
  await line.press('Enter');
  await expect(incomingWindow(bob.page, 'Alice').getByText('about the shelves?')).toBeVisible();
  await decline(bob.page, 'Alice').click();
  await expectNoCall(alice);
  for (const { page } of [alice, bob]) {
    await expect(page.getByRole('log').getByText('about the shelves?').last()).toBeVisible();
    await page.goto(`${app.url}/calls`);
    await expect(page.getByRole('main').getByText('about the shelves?').first()).toBeVisible();
  }
});

test('a long press on Call asks for a line, and an ordinary one calls at once', async ({ person }) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  await openDirect(alice, bob);
  const call = headerCall(alice.page);
  await call.hover();
  await alice.page.mouse.down();
  const sheet = alice.page.getByRole('dialog', { name: 'Start call' });
  await expect(sheet).toBeVisible();
  await alice.page.mouse.up();
  await sheet.getByRole('button', { name: 'Cancel' }).click();
  await expect(sheet).toBeHidden();
  await call.click();
  await expect(incomingWindow(bob.page, 'Alice')).toBeVisible();
  await disconnect(alice.page).click();
  await expectNoCall(alice, bob);
});

test('“In ten minutes” declines with a message and keeps a reminder for both, with one tap to call back', async ({
  person,
}) => {
  const [carol, bob] = [await person('carol'), await person('bob')];
  await openDirect(bob, carol);
  await callFromHeader(carol, bob);
  const window = incomingWindow(bob.page, 'Carol');
  await window.getByRole('button', { name: 'Reply with a message' }).click();
  await window.getByRole('button', { name: 'In ten minutes' }).click();
  await expect(window).toBeHidden();
  await expectNoCall(carol);
  await expect(carol.page.getByRole('log').getByText('I’ll call you back in ten minutes.')).toBeVisible();
  await expect(carol.page.getByText(/^Bob calls you back at/)).toBeVisible();
  await expect(bob.page.getByText(/^You call Carol back at/)).toBeVisible();

  await carol.page.getByRole('button', { name: 'Drop the reminder' }).click();
  await expect(bob.page.getByText(/^You call Carol back at/)).toBeHidden();

  await callFromHeader(carol, bob);
  await window.getByRole('button', { name: 'Reply with a message' }).click();
  await window.getByRole('button', { name: 'In ten minutes' }).click();
  const promise = bob.page.getByText(/^You call Carol back at/);
  await expect(promise).toBeVisible();
  await promise.locator('..').getByRole('button', { name: 'Call', exact: true }).click();
  await expect(incomingWindow(carol.page, 'Bob')).toBeVisible();
  await expect(promise).toBeHidden();
  await disconnect(bob.page).click();
  await expectNoCall(carol, bob);
});

test('a promised call that is due is said on any page, also after a reload, and called with one press', async ({
  app,
  person,
}) => {
  const [carol, bob] = [await person('carol'), await person('bob')];
  await openDirect(bob, carol);
  await callFromHeader(carol, bob);
  const window = incomingWindow(bob.page, 'Carol');
  await window.getByRole('button', { name: 'Reply with a message' }).click();
  await window.getByRole('button', { name: 'In ten minutes' }).click();
  await expect(bob.page.getByText(/^You call Carol back at/)).toBeVisible();
  // As if the ten minutes had passed.
  const database = new Database(join(app.dataDir, 'parley.db'));
  database.prepare('update call_backs set due_at = ?').run(Date.now());
  database.close();
  await bob.page.goto(new URL('/calls', bob.page.url()).href);
  const notice = bob.page.getByRole('alert').filter({ hasText: 'Time to call Carol back' });
  await expect(notice).toBeVisible();
  await bob.page.reload();
  await notice.getByRole('button', { name: 'Call', exact: true }).click();
  await expect(incomingWindow(carol.page, 'Bob')).toBeVisible();
  await expect(notice).toBeHidden();
  await disconnect(bob.page).click();
  await expectNoCall(carol, bob);
  await expect(notice).toBeHidden();
});

test('a promise is kept through a restart of the server: it is said once that the call is due', async ({
  app,
  person,
  expectConsole,
}) => {
  test.setTimeout(180_000);
  // Requests and streams of the seconds without an app.
  expectConsole(
    /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|Failed to fetch|network error/i,
  );
  const [dave, bob] = [await person('dave'), await person('bob')];
  await openDirect(bob, dave);
  await callFromHeader(dave, bob);
  const window = incomingWindow(bob.page, 'Dave');
  await window.getByRole('button', { name: 'Reply with a message' }).click();
  await window.getByRole('button', { name: 'In ten minutes' }).click();
  await expect(bob.page.getByText(/^You call Dave back at/)).toBeVisible();
  await expectNoCall(dave);
  await openConversation(bob.page, 'general');
  const words = 'Time to call Dave back';
  await bob.page.evaluate((text) => {
    const shown: string[] = [];
    Object.assign(globalThis, { shown });
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes)
        for (const node of addedNodes) if (node.textContent?.includes(text)) shown.push(node.textContent);
    }).observe(document.body, { childList: true, subtree: true });
  }, words);

  const before = app.pids();
  process.kill(before.app, 'SIGKILL');
  await expect.poll(() => isAlive(before.job)).toBe(false);
  // As if most of the ten minutes had passed: a change that every browser has to read again.
  const database = new Database(join(app.dataDir, 'parley.db'));
  const dueAt = Date.now() + 45_000;
  database.exec(
    `update call_backs set due_at = ${dueAt};
     update conversations set revision = revision + 1
       where id in (select conversation_id from call_backs);`,
  );
  database.close();
  await app.startAgain();

  const notice = bob.page.getByRole('alert').filter({ hasText: words });
  const shown = () => bob.page.evaluate(() => Reflect.get(globalThis, 'shown') as string[]);
  await expect(notice).toBeVisible({ timeout: 60_000 });
  expect(Date.now()).toBeGreaterThanOrEqual(dueAt);
  expect(await shown()).toHaveLength(1);
  await notice.getByRole('button', { name: 'Dismiss' }).click();
  await expect(notice).toBeHidden();
  await bob.page.reload();
  await openDirect(bob, dave);
  await expect(bob.page.getByRole('main').getByText(words)).toBeVisible();
  await openConversation(bob.page, 'general');
  await expect(notice).toBeHidden();
  await expect(dave.page.getByText(words)).toHaveCount(0);
});

test('a ring is answered in the person’s own words, with the keyboard', async ({ person }) => {
  const [carol, dave] = [await person('carol'), await person('dave')];
  await callFromHeader(carol, dave);
  const window = incomingWindow(dave.page, 'Carol');
  await decline(dave.page, 'Carol').press('ArrowDown');
  await window.getByRole('textbox', { name: 'Your reply' }).fill('On the train');
  await window.getByRole('textbox', { name: 'Your reply' }).press('Enter');
  await expectNoCall(carol);
  await expect(carol.page.getByRole('log').getByText('On the train')).toBeVisible();
});
