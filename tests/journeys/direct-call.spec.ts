import { callFromHeader, expectNoCall, expectTalking, openDirect, talk } from '../support/calling';
import { expect, test } from '../support/journey';
import {
  accept,
  alerts,
  callPhase,
  callRegion,
  conversations,
  decline,
  disconnect,
  incomingWindow,
  openConversation,
  openProfile,
  refusal,
} from '../support/screens';

test.use({ appSettings: { CALL_REJOIN_SECONDS: '5' } });

test('Alice calls Bob from the header, both talk, Disconnect ends it for both', async ({ person }) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  await talk(alice, bob);
  await disconnect(alice.page).click();
  await expectNoCall(alice, bob);
  await openConversation(bob.page, 'Alice');
  await expect(bob.page.getByText(/call with Alice/).first()).toBeVisible();
});

test('Alice calls Dave from the member list without an existing conversation', async ({ person }) => {
  const [alice, dave] = [await person('alice'), await person('dave')];
  await openConversation(alice.page, 'general');
  const profile = await openProfile(alice.page, 'Dave');
  await profile.getByRole('button', { name: 'Call', exact: true }).click();
  await accept(dave.page, 'Alice').click();
  await expectTalking(alice, dave);
  await disconnect(dave.page).click();
  await expectNoCall(alice, dave);
  await expect(conversations(alice.page).getByRole('link', { name: 'Dave' })).toBeVisible();
});

test('Erin allows no calls: Action not allowed, no ring, no call and no entry', async ({
  person,
  expectConsole,
}) => {
  expectConsole(/403/);
  const [alice, erin] = [await person('alice'), await person('erin')];
  await openConversation(alice.page, 'general');
  const profile = await openProfile(alice.page, 'Erin');
  await profile.getByRole('button', { name: 'Call', exact: true }).click();
  await expect(refusal(alice.page)).toBeVisible();
  await expect(callRegion(alice.page)).toBeHidden();
  await expect(incomingWindow(erin.page, 'Alice')).toBeHidden();
  await refusal(alice.page).getByRole('button', { name: 'Dismiss' }).click();
  await expect(refusal(alice.page)).toBeHidden();
  await expect(conversations(alice.page).getByRole('link', { name: 'Erin' })).toBeHidden();
});

test('a declined call ends for the caller, who reads that it was declined', async ({ person }) => {
  const [bob, carol] = [await person('bob'), await person('carol')];
  await callFromHeader(bob, carol);
  await decline(carol.page, 'Bob').click();
  await expect(incomingWindow(carol.page, 'Bob')).toBeHidden();
  await expect(bob.page.getByText('Carol declined').first()).toBeVisible();
  await expectNoCall(bob, carol);
});

test('a cancelled call closes the window, and the callee reads that it was missed', async ({ person }) => {
  const [carol, alice] = [await person('carol'), await person('alice')];
  await openDirect(alice, carol);
  await callFromHeader(carol, alice);
  await disconnect(carol.page).click();
  await expect(incomingWindow(alice.page, 'Carol')).toBeHidden();
  await expect(alice.page.getByText(/Missed call/).last()).toBeVisible();
  await expectNoCall(carol, alice);
});

test('Bob closes his tab: Alice sees a countdown, then the call ends by itself', async ({ person }) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  await talk(alice, bob);
  const call = callRegion(alice.page);
  // Shown for five seconds, so looked for from before he closes it.
  await Promise.all([
    expect(call.getByText('Bob’s connection dropped').first()).toBeVisible(),
    expect(call.getByText(/Ending in/).first()).toBeVisible(),
    bob.closeBrowser(),
  ]);
  await expectNoCall(alice);
});

test('a reloaded tab rejoins by itself, and the call goes on', async ({ person }) => {
  const [dave, carol] = [await person('dave'), await person('carol')];
  await talk(dave, carol);
  await carol.page.reload();
  await expect(callPhase(carol.page, 'connected')).toBeVisible();
  await expectTalking(dave, carol);
  await disconnect(carol.page).click();
  await expectNoCall(dave, carol);
});

test('when both call at once there is one call, and neither sees an error', async ({ person }) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  await openConversation(alice.page, 'Bob');
  await openConversation(bob.page, 'Alice');
  const call = (page: typeof alice.page) =>
    page.getByRole('main').getByRole('button', { name: 'Call', exact: true }).first();
  // A ring that arrives first takes the other's Call button away: no request goes out before both have pressed.
  const bothPressed = Promise.withResolvers<void>();
  let pressed = 0;
  for (const { page } of [alice, bob])
    await page.route('**/api/calls', async (route) => {
      pressed += 1;
      if (pressed === 2) bothPressed.resolve();
      await bothPressed.promise;
      await route.continue();
    });
  await Promise.all([call(alice.page).click(), call(bob.page).click()]);
  await expectTalking(alice, bob);
  for (const { page } of [alice, bob]) await expect(alerts(page)).toHaveCount(0);
  await disconnect(alice.page).click();
  await expectNoCall(alice, bob);
});
