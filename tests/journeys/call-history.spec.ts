import type { Page } from '@playwright/test';
import { callFromHeader, expectNoCall, expectTalking, openDirect } from '../support/calling';
import { expect, test } from '../support/journey';
import {
  accept,
  decline,
  disconnect,
  headerCall,
  incomingWindow,
  openConversation,
} from '../support/screens';

const places = (page: Page) => page.getByRole('navigation', { name: 'Parley' });
const callsLink = (page: Page) => places(page).getByRole('link', { name: /^Calls/ });
/** The lines of the Calls page that are about this conversation. */
const lines = (page: Page, title: string) =>
  page
    .getByRole('main')
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', { name: title }) });

test('the Calls page shows each call from its reader’s side, folds repeats, filters, and calls back', async ({
  person,
}) => {
  const [alice, bob, dave] = [await person('alice'), await person('bob'), await person('dave')];
  await openConversation(bob.page, 'general');

  for (const _ of ['once', 'twice']) {
    await callFromHeader(alice, bob);
    await disconnect(alice.page).click();
    await expect(incomingWindow(bob.page, 'Alice')).toBeHidden();
  }
  await expect(callsLink(bob.page)).toHaveAccessibleName('Calls, 2 missed');
  await callFromHeader(bob, dave);
  await decline(dave.page, 'Bob').click();
  await expectNoCall(bob);

  await callsLink(bob.page).click();
  await expect(lines(bob.page, 'Alice')).toHaveCount(1);
  await expect(lines(bob.page, 'Alice')).toContainText('Missed call');
  await expect(lines(bob.page, 'Alice')).toContainText('2 times');
  await expect(lines(bob.page, 'Dave')).toContainText('Dave declined');
  await expect(callsLink(bob.page)).toHaveAccessibleName('Calls');
  await bob.page.getByRole('button', { name: 'Missed' }).click();
  await expect(lines(bob.page, 'Dave')).toHaveCount(0);
  await expect(lines(bob.page, 'Alice')).toHaveCount(1);
  await bob.page.reload();
  await expect(callsLink(bob.page)).toHaveAccessibleName('Calls');

  await callsLink(alice.page).click();
  await expect(lines(alice.page, 'Bob').first()).toContainText('Call cancelled');
  await expect(lines(alice.page, 'Bob').first()).toContainText('2 times');
  await expect(callsLink(alice.page)).toHaveAccessibleName('Calls');
  await callsLink(dave.page).click();
  await expect(lines(dave.page, 'Bob')).toContainText('You declined');
  await expect(callsLink(dave.page)).toHaveAccessibleName('Calls');

  // Called back from the list; while it lives it stands under Now.
  await lines(bob.page, 'Alice').getByRole('button', { name: 'Call' }).click();
  await expect(incomingWindow(alice.page, 'Bob')).toBeVisible();
  await expect(alice.page.getByRole('region', { name: 'Now' }).getByRole('listitem')).toHaveCount(1);
  await accept(alice.page, 'Bob').click();
  await expectTalking(bob, alice);
  await disconnect(alice.page).click();
  await expectNoCall(alice, bob);
  await callsLink(bob.page).click();
  await expect(lines(bob.page, 'Alice').first()).toContainText(/\d+ s/);
});

test('a call entry in the conversation says the same, with a way to call back', async ({ person }) => {
  const [carol, dave] = [await person('carol'), await person('dave')];
  await openDirect(dave, carol);
  await callFromHeader(carol, dave);
  await decline(dave.page, 'Carol').click();
  await expect(carol.page.getByText('Dave declined').first()).toBeVisible();
  await expect(dave.page.getByText('You declined a call from Carol').first()).toBeVisible();
  await expectNoCall(carol);
  await headerCall(carol.page).click();
  await expect(incomingWindow(dave.page, 'Carol')).toBeVisible();
  await disconnect(carol.page).click();
  await expect(carol.page.getByText('Call cancelled').first()).toBeVisible();
  await expect(dave.page.getByText('Missed call from Carol').first()).toBeVisible();
  await dave.page.getByRole('button', { name: 'Call back' }).last().click();
  await accept(carol.page, 'Dave').click();
  await expectTalking(dave, carol);
  await disconnect(dave.page).click();
  await expectNoCall(dave, carol);
  await expect(dave.page.getByText(/call with Carol/).first()).toBeVisible();
});
