import type { Page } from '@playwright/test';
import { expectNoCall, talk } from '../support/calling';
import { expect, test } from '../support/journey';
import { callRegion, composer, disconnect, profile, sendMessage } from '../support/screens';

const chat = (page: Page) => callRegion(page).getByRole('complementary', { name: 'Chat' });

test('in the full window people read and write beside the call, and what comes unseen is counted', async ({
  person,
}) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  await talk(alice, bob);
  await callRegion(alice.page).getByRole('button', { name: 'Full window' }).click();
  await sendMessage(bob.page, 'Can you see the plan?');
  await callRegion(alice.page).getByRole('button', { name: 'Chat, 1 unread' }).click();
  await expect(chat(alice.page)).toContainText('Can you see the plan?');
  await expect(callRegion(alice.page).getByRole('button', { name: 'Chat', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await chat(alice.page).getByRole('textbox', { name: 'Message', exact: true }).fill('Yes, very well');
  await chat(alice.page).getByRole('button', { name: 'Send', exact: true }).click();
  await expect(bob.page.getByRole('log', { name: 'Messages' })).toContainText('Yes, very well');

  // Who writes there has a profile that lies over the call.
  await chat(alice.page).getByRole('button', { name: 'Bob', exact: true }).first().click();
  await profile(alice.page, 'Bob')
    .getByRole('button', { name: 'Message', exact: true })
    .click({ trial: true });
  await alice.page.keyboard.press('Escape');
  await expect(profile(alice.page, 'Bob')).toBeHidden();

  // Tab stays in the call: what it covers is out of reach.
  for (let presses = 0; presses < 25; presses += 1) {
    await alice.page.keyboard.press('Tab');
    const place = await alice.page.evaluate(() => {
      const { activeElement, body } = document;
      if (activeElement === null || activeElement === body) return 'the window';
      return activeElement.closest('section[aria-label="Call"]') ? 'the call' : activeElement.outerHTML;
    });
    expect(['the call', 'the window']).toContain(place);
  }

  // A draft goes along from one composer to the other, and the focus from one surface to the next.
  await chat(alice.page).getByRole('textbox', { name: 'Message', exact: true }).fill('half a thought');
  await chat(alice.page).getByRole('button', { name: 'Close chat' }).click();
  await expect(callRegion(alice.page).getByRole('button', { name: 'Chat', exact: true })).toBeFocused();
  await callRegion(alice.page).getByRole('button', { name: 'Back to the conversation' }).click();
  await expect(callRegion(alice.page)).toBeFocused();
  await expect(composer(alice.page)).toHaveValue('half a thought');

  const ended = [alice, bob].map(({ page }) => page.getByRole('status').filter({ hasText: 'Call ended' }));
  // Shown for eight seconds, so looked for from before the press.
  await Promise.all([
    ...ended.map((card) => expect(card).toContainText('Call again')),
    disconnect(alice.page).click(),
  ]);
  await expectNoCall(alice, bob);
  await expect(composer(alice.page)).toBeFocused();
});
