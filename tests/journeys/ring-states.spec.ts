import { callFromProfile, expectNoCall } from '../support/calling';
import { makeGroup } from '../support/groups';
import { expect, test } from '../support/journey';
import {
  accept,
  callPhase,
  callRegion,
  disconnect,
  headerCall,
  incomingWindow,
  openConversation,
  participant,
} from '../support/screens';

test.use({ appSettings: { CALL_RING_SECONDS: '15' } });

test('the caller reads who is called, rings, did not answer, was not reachable, may not be rung', async ({
  person,
}) => {
  // Erin allows no messages, so the group has to be of her own making.
  const erin = await person('erin');
  const [alice, carol, dave] = [await person('alice'), await person('carol'), await person('dave')];
  const bob = await person('bob');
  await makeGroup(erin, [alice, bob, carol, dave], 'Choir');
  await bob.closeBrowser();
  await openConversation(alice.page, 'Choir');
  await headerCall(alice.page).click();
  await expect(incomingWindow(dave.page, 'Alice', 'Choir')).toBeVisible();
  await expect(participant(alice.page, 'Erin')).toContainText('Not allowed');
  await expect(participant(alice.page, 'Erin').getByRole('button')).toHaveCount(0);
  await expect(participant(alice.page, 'Dave')).toContainText('Ringing…');
  await expect(participant(alice.page, 'Bob')).toContainText('Calling…');
  await expect(incomingWindow(erin.page, 'Alice', 'Choir')).toBeHidden();

  await accept(carol.page, 'Alice', 'Choir').click();
  await expect(callPhase(alice.page, 'connected')).toBeVisible();
  await expect(participant(alice.page, 'Dave')).toContainText('No answer', { timeout: 20_000 });
  await expect(participant(alice.page, 'Bob')).toContainText('Not reachable');
  await expect(participant(alice.page, 'Erin')).toContainText('Not allowed');

  // Anyone in the call may ring again; only who did can stop it.
  await participant(carol.page, 'Dave').getByRole('button', { name: 'Ring again' }).click();
  await expect(incomingWindow(dave.page, 'Carol', 'Choir')).toBeVisible();
  await alice.page.getByRole('button', { name: 'People and volume' }).click();
  const people = alice.page.getByRole('dialog', { name: 'People and volume' });
  await expect(people.getByRole('listitem', { name: 'Dave' })).toContainText('Ringing…');
  await expect(people.getByRole('button', { name: 'Stop ringing' })).toHaveCount(0);
  await alice.page.keyboard.press('Escape');
  await carol.page.getByRole('button', { name: 'People and volume' }).click();
  await carol.page
    .getByRole('dialog', { name: 'People and volume' })
    .getByRole('listitem', { name: 'Dave' })
    .getByRole('button', { name: 'Stop ringing' })
    .click();
  await expect(incomingWindow(dave.page, 'Carol', 'Choir')).toBeHidden();
  await carol.page.keyboard.press('Escape');
  await disconnect(carol.page).click();
  await expect(callRegion(alice.page)).toBeHidden();
});

test('a direct call to a person without an open page is not reachable, not unanswered', async ({
  person,
}) => {
  const dave = await person('dave');
  await openConversation(dave.page, 'general');
  await dave.page
    .getByRole('complementary', { name: 'Members' })
    .getByRole('button', { name: 'Bob' })
    .click();
  const card = dave.page.getByRole('dialog', { name: 'Bob' });
  await card.getByRole('button', { name: 'Call', exact: true }).click();
  await expect(callPhase(dave.page, 'outgoing')).toContainText('Calling…');
  await expect(dave.page.getByRole('status').filter({ hasText: 'Not reachable' })).toBeVisible({
    timeout: 20_000,
  });
  await expect(dave.page.getByText('No answer')).toHaveCount(0);
  const bob = await person('bob');
  await openConversation(bob.page, 'Dave');
  await expect(bob.page.getByText('Missed call from Dave')).toBeVisible();
});

test('a device that comes mid-ring rings for the time that is left', async ({ person }) => {
  const alice = await person('alice');
  await callFromProfile(alice, { ...alice, name: 'dave' });
  const startedAt = performance.now();
  await expect(callRegion(alice.page).getByText('Calling…').first()).toBeVisible();
  const dave = await person('dave');
  await expect(incomingWindow(dave.page, 'Alice')).toBeVisible();
  await expect(callRegion(alice.page).getByText('Ringing…').first()).toBeVisible();
  await incomingWindow(dave.page, 'Alice').waitFor({ state: 'hidden', timeout: 20_000 });
  const rangMs = performance.now() - startedAt;
  expect(rangMs).toBeGreaterThan(13_500);
  expect(rangMs).toBeLessThan(16_500);
  await expect(alice.page.getByText('No answer').first()).toBeVisible();
  await expectNoCall(alice, dave);
});
