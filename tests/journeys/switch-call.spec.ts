import { callFromHeader, expectNoCall, expectTalking, openDirect, talk } from '../support/calling';
import { expect, test } from '../support/journey';
import {
  accept,
  callPhase,
  disconnect,
  headerCall,
  incomingWindow,
  openConversation,
  openProfile,
  participant,
  refusal,
} from '../support/screens';

const question = (page: Parameters<typeof accept>[0]) => page.getByRole('dialog', { name: 'Switch call?' });

test('accepting during a call asks Switch call?: Stay keeps the call, Switch call changes over', async ({
  person,
}) => {
  const [alice, bob, carol] = [await person('alice'), await person('bob'), await person('carol')];
  await talk(alice, bob);
  await callFromHeader(carol, alice);

  await accept(alice.page, 'Carol').click();
  await expect(question(alice.page)).toContainText('Bob');
  await expect(question(alice.page)).toContainText('Carol');
  await question(alice.page).getByRole('button', { name: 'Stay' }).click();
  await expect(question(alice.page)).toBeHidden();
  await expect(incomingWindow(alice.page, 'Carol')).toBeVisible();
  await expectTalking(alice, bob);

  await accept(alice.page, 'Carol').click();
  await question(alice.page).getByRole('button', { name: 'Switch call' }).click();
  await expectTalking(carol, alice);
  await expectNoCall(bob);
  await expect(alice.page.getByRole('heading', { name: 'Carol' })).toBeVisible();
  await disconnect(carol.page).click();
  await expectNoCall(alice, carol);
});

test('starting during a call asks too; the server refuses a second call that does not name the first', async ({
  person,
  expectConsole,
}) => {
  expectConsole(/409/);
  const [dave, bob, carol] = [await person('dave'), await person('bob'), await person('carol')];
  await openDirect(dave, carol);
  await talk(dave, bob);
  await openConversation(dave.page, 'Carol');

  const answer = await dave.page.evaluate(async (conversationId) => {
    const response = await fetch('/api/calls', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ conversationId, clientId: 'a-tab-that-does-not-ask' }),
    });
    return { status: response.status, code: (await response.json()).code };
  }, dave.page.url().split('/').at(-1));
  expect(answer).toEqual({ status: 409, code: 'already_in_call' });
  await expect(incomingWindow(carol.page, 'Dave')).toBeHidden();

  await headerCall(dave.page).click();
  await question(dave.page).getByRole('button', { name: 'Stay' }).click();
  await expect(incomingWindow(carol.page, 'Dave')).toBeHidden();
  await dave.hears(bob);
  await headerCall(dave.page).click();
  await question(dave.page).getByRole('button', { name: 'Switch call' }).click();
  await expectNoCall(bob);
  await accept(carol.page, 'Dave').click();
  await expectTalking(dave, carol);
  await disconnect(dave.page).click();
  await expectNoCall(dave, carol);
});

test('a switch that is refused leaves everything as it was: the page, the call, the muted microphone', async ({
  person,
  expectConsole,
}) => {
  expectConsole(/403/);
  const [bob, dave] = [await person('bob'), await person('dave')];
  await talk(bob, dave);
  const microphone = bob.page.getByRole('button', { name: 'Microphone', exact: true });
  await microphone.click();
  await expect(microphone).toHaveAttribute('aria-pressed', 'false');
  await openConversation(bob.page, 'general');
  const page = bob.page.url();
  const card = await openProfile(bob.page, 'Erin');
  await card.getByRole('button', { name: 'Call', exact: true }).click();
  await question(bob.page).getByRole('button', { name: 'Switch call' }).click();
  await expect(refusal(bob.page)).toBeVisible();
  await expect(question(bob.page)).toBeHidden();
  expect(bob.page.url()).toBe(page);
  await bob.hears(dave);
  await dave.hearsNothing();
  await openConversation(bob.page, 'Dave');
  await expect(callPhase(bob.page, 'connected')).toBeVisible();
  await expect(participant(bob.page, 'Dave')).toBeVisible();
  await expect(microphone).toHaveAttribute('aria-pressed', 'false');
  await disconnect(bob.page).click();
  await expectNoCall(bob, dave);
});
