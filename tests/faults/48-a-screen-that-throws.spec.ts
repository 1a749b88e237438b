import { expectTalking, talk } from '../support/calling';
import { faultCase } from '../support/fault-case';
import { expect, test } from '../support/journey';
import {
  callPhase,
  callTimer,
  disconnect,
  members,
  openConversation,
  profile,
  sendMessage,
} from '../support/screens';
import { translatePage } from '../support/translated-page';

const fault = faultCase(48);

test('a screen that throws leaves the call alone, with a way back to its controls', async ({
  person,
  expectConsole,
}) => {
  expectConsole(/RangeError|Invalid time value|error occurred in the/i);
  const [alice, bob] = [await person('alice'), await person('bob')];
  await talk(alice, bob);

  // No calendar reaches that far: whatever shows the time of this message throws.
  await alice.page.route('**/messages?*', async (route) => {
    const answer = await route.fetch();
    const page = await answer.json();
    for (const message of page.messages) message.sentAt = 9e15;
    await route.fulfill({ response: answer, json: page });
  });
  await openConversation(alice.page, 'general');
  fault.did('a message that throws is shown to Alice');
  await expect(alice.page.getByRole('heading', { name: 'This part can’t be shown' })).toBeVisible();
  await expect(callPhase(alice.page, 'connected')).toBeVisible();
  await Promise.all([alice.hears(bob), bob.hears(alice)]);

  await alice.page.getByRole('button', { name: /^Back to the call/ }).click();
  await expectTalking(alice, bob);
  await expect(disconnect(alice.page)).toBeVisible();

  await openConversation(alice.page, 'general');
  await expect(alice.page.getByRole('heading', { name: 'This part can’t be shown' })).toBeVisible();
  await alice.page.unroute('**/messages?*');
  await alice.page.reload();
  await expect(alice.page.getByRole('log', { name: 'Messages' })).toBeVisible();
});

test('on a page that the browser translated, messages are deleted and people come and go, and the call goes on', async ({
  person,
}) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  await talk(alice, bob);
  const log = alice.page.getByRole('log', { name: 'Messages' });
  await sendMessage(alice.page, 'This is read in another language');
  await expect(log.getByText('This is read in another language')).toBeVisible();
  await sendMessage(bob.page, 'So is this');
  await expect(log.getByText('So is this')).toBeVisible();
  await alice.page.getByRole('button', { name: 'Members' }).click();
  await expect(members(alice.page)).toBeVisible();
  await translatePage(alice.page);
  await expect(log.getByText('‹This is read in another language›')).toBeVisible();
  fault.did('Alice’s page is translated');

  const row = log.getByRole('listitem').filter({ hasText: 'read in another language' });
  await row.hover();
  await row.getByRole('button', { name: 'Delete message' }).click();
  await alice.page.getByRole('dialog').getByRole('button', { name: '‹Delete›' }).click();
  await expect(log.getByText('‹Message deleted›')).toBeVisible();
  await expect(row).toHaveCount(0);

  // What Bob does changes words all over Alice's page: do not disturb, a message, the microphone.
  await bob.page.evaluate(() =>
    fetch('/api/me', {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ doNotDisturb: true }),
    }),
  );
  await sendMessage(bob.page, 'One more');
  await expect(log.getByText('‹One more›')).toBeVisible();
  await members(alice.page).getByRole('button', { name: 'Bob' }).click();
  await expect(profile(alice.page, 'Bob')).toBeVisible();
  await alice.page.keyboard.press('Escape');

  await expect(alice.page.getByText('can’t be shown')).toHaveCount(0);
  const before = await callTimer(alice.page).textContent();
  await expect(callTimer(alice.page)).not.toHaveText(before ?? '');
  await expectTalking(alice, bob);
  await disconnect(alice.page).click();
  await expect(callPhase(bob.page, 'connected')).toBeHidden();
});
