import {
  callFromHeader,
  callFromProfile,
  expectNoCall,
  expectTalking,
  openDirect,
  shownName,
  talk,
} from '../support/calling';
import { expect, test } from '../support/journey';
import type { Person } from '../support/people';
import { staysQuiet, timeUntilHidden } from '../support/ringing';
import {
  accept,
  callPhase,
  callRegion,
  conversations,
  decline,
  disconnect,
  headerCall,
  incomingWindow,
  members,
  openConversation,
  openProfile,
  openSettings,
  refusal,
  sendMessage,
} from '../support/screens';

test.use({ appSettings: { CALL_REJOIN_SECONDS: '5' } });

/** Asks Parley's own API as this person's page would. */
const ask = ({ page }: Person, method: string, path: string, body?: unknown) =>
  page.evaluate(
    async ([verb, url, sent]) => {
      const answer = await fetch(url, {
        method: verb,
        ...(sent === null ? {} : { headers: { 'content-type': 'application/json' }, body: sent }),
      });
      const text = await answer.text();
      return { status: answer.status, body: text === '' ? {} : JSON.parse(text) };
    },
    [method, path, body === undefined ? null : JSON.stringify(body)] as const,
  );

async function idOf(person: Person, username: string): Promise<string> {
  const { body } = await ask(person, 'GET', '/api/users');
  return body.users.find((user: { username: string }) => user.username === username).id;
}

const withoutRequestId = ({ status, body }: { status: number; body: Record<string, unknown> }) => {
  const { requestId: _, instance: __, ...rest } = body;
  return { status, ...rest };
};

async function choose(person: Person, setting: string, word: string) {
  const box = (await openSettings(person.page)).getByRole('combobox', { name: setting });
  await box.click();
  await person.page.getByRole('option', { name: word, exact: true }).click();
  await expect(box).toContainText(word);
}

const doNotDisturb = (person: Person) => person.page.getByRole('switch', { name: 'Do not disturb' });

/** The line of a conversation in the list. */
const row = (person: Person, title: string) =>
  conversations(person.page)
    .getByRole('listitem')
    .filter({ has: person.page.getByRole('link', { name: title }) });

test('a refusal reads the same for a block and for a permission, for calls and for messages', async ({
  person,
  expectConsole,
}) => {
  expectConsole(/403/);
  const [alice, erin] = [await person('alice'), await person('erin')];
  const [aliceId, erinId] = [await idOf(alice, 'alice'), await idOf(alice, 'erin')];
  const refusals = async () => ({
    call: withoutRequestId(await ask(alice, 'POST', '/api/calls', { userId: erinId })),
    message: withoutRequestId(await ask(alice, 'POST', '/api/conversations', { userIds: [erinId] })),
  });
  const byPermission = await refusals();
  expect(byPermission.call).toMatchObject({ status: 403, code: 'not_allowed', title: 'Action not allowed' });
  await ask(erin, 'PATCH', '/api/me', { messagePermission: 'everyone', callPermission: 'everyone' });
  await ask(erin, 'PUT', `/api/users/${aliceId}/block`);
  expect(await refusals()).toEqual(byPermission);
  const seen = await ask(alice, 'GET', `/api/users/${erinId}`);
  await ask(erin, 'DELETE', `/api/users/${aliceId}/block`);
  const unblocked = await ask(alice, 'GET', `/api/users/${erinId}`);
  expect({ ...seen.body, revision: 0 }).toEqual({ ...unblocked.body, revision: 0 });
  await ask(erin, 'PATCH', '/api/me', { messagePermission: 'nobody', callPermission: 'nobody' });
});

test('“Nobody”, “People I know” and “Everyone” decide who can call Dave; an existing conversation makes no difference', async ({
  person,
  expectConsole,
}) => {
  expectConsole(/403/);
  const [carol, dave] = [await person('carol'), await person('dave')];
  await openDirect(carol, dave);
  await choose(dave, 'Who can call me', 'Nobody');
  await headerCall(carol.page).click();
  await expect(refusal(carol.page)).toBeVisible();
  await expect(incomingWindow(dave.page, 'Carol')).toBeHidden();
  await refusal(carol.page).getByRole('button', { name: 'Dismiss' }).click();

  await choose(dave, 'Who can call me', 'People I know');
  await headerCall(carol.page).click();
  await expect(refusal(carol.page)).toContainText('You can’t call Dave.');
  await refusal(carol.page).getByRole('button', { name: 'Dismiss' }).click();

  await openDirect(dave, carol);
  await sendMessage(dave.page, 'Hello Carol');
  await expect(carol.page.getByText('Hello Carol').last()).toBeVisible();
  await talk(carol, dave);
  await disconnect(carol.page).click();
  await expectNoCall(carol, dave);
  await choose(dave, 'Who can call me', 'Everyone');
});

test('Who can message me narrows who can call me with it', async ({ person, expectConsole }) => {
  expectConsole(/403/);
  const [alice, dave] = [await person('alice'), await person('dave')];
  await choose(dave, 'Who can message me', 'Nobody');
  await expect(dave.page.getByRole('combobox', { name: 'Who can call me' })).toContainText('Nobody');
  await openConversation(alice.page, 'general');
  const card = await openProfile(alice.page, 'Dave');
  await card.getByRole('button', { name: 'Message', exact: true }).click();
  await expect(card.getByRole('alert')).toBeVisible();
  await card.getByRole('button', { name: 'Call', exact: true }).click();
  await expect(refusal(alice.page)).toBeVisible();
  await choose(dave, 'Who can message me', 'Everyone');
  await choose(dave, 'Who can call me', 'Everyone');
});

test('with Do not disturb a call is a quiet entry with Join call: no window, no sound', async ({
  person,
}) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  await openSettings(bob.page);
  await doNotDisturb(bob).click();
  await expect(doNotDisturb(bob)).toBeChecked();
  await openConversation(alice.page, 'general');
  await expect(members(alice.page).getByRole('button', { name: 'Bob' })).toContainText('Do not disturb');
  await expect(row(alice, 'Bob').getByRole('img', { name: 'Do not disturb' })).toBeVisible();

  await openDirect(alice, bob);
  await headerCall(alice.page).click();
  const joinCall = row(bob, 'Alice').getByRole('button', { name: 'Join call' });
  await expect(joinCall).toBeVisible();
  await staysQuiet(bob.page);
  await expect(bob.page.getByRole('alertdialog')).toHaveCount(0);
  await joinCall.click();
  await expectTalking(alice, bob);
  await disconnect(alice.page).click();
  await expectNoCall(alice, bob);
  await openSettings(bob.page);
  await doNotDisturb(bob).click();
  await expect(doNotDisturb(bob)).not.toBeChecked();
});

test('Do not disturb switched on mid-ring closes the window and silences within a second, on every device', async ({
  person,
}) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  const phone = await person('bob', { ownSignIn: true });
  await openSettings(phone.page);
  await callFromHeader(alice, bob);
  await expect(incomingWindow(phone.page, 'Alice')).toBeVisible();
  const pages = [bob.page, phone.page];
  expect(await timeUntilHidden(doNotDisturb(phone), 'Incoming call from Alice', pages)).toBeLessThan(1000);
  await expect(row(bob, 'Alice').getByRole('button', { name: 'Join call' })).toBeVisible();
  for (const page of pages) await staysQuiet(page);
  await doNotDisturb(phone).click();
  await expect(doNotDisturb(phone)).not.toBeChecked();
  await disconnect(alice.page).click();
  await expectNoCall(alice);
});

test('a muted conversation calls quietly, and the caller reads Ringing… all the same', async ({ person }) => {
  const [carol, bob] = [await person('carol'), await person('bob')];
  await openDirect(bob, carol);
  const choose = async (name: 'Mute calls' | 'Unmute calls') => {
    await bob.page.getByRole('button', { name: 'More', exact: true }).click();
    await bob.page.getByRole('menuitem', { name, exact: true }).click();
  };
  await choose('Mute calls');
  await openDirect(carol, bob);
  await headerCall(carol.page).click();
  await expect(callRegion(carol.page).getByText('Ringing…').first()).toBeVisible();
  await expect(row(bob, 'Carol').getByRole('button', { name: 'Join call' })).toBeVisible();
  await staysQuiet(bob.page);
  await expect(bob.page.getByRole('alertdialog')).toHaveCount(0);
  await disconnect(carol.page).click();
  await expectNoCall(carol);

  await choose('Unmute calls');
  await callFromHeader(carol, bob);
  const otherTab = await bob.newTab();
  await otherTab.goto(bob.page.url());
  await expect(incomingWindow(otherTab, 'Carol')).toBeVisible();
  await bob.page.getByRole('button', { name: 'More', exact: true }).click();
  const item = bob.page.getByRole('menuitem', { name: 'Mute calls', exact: true });
  const pages = [bob.page, otherTab];
  expect(await timeUntilHidden(item, 'Incoming call from Carol', pages)).toBeLessThan(1000);
  await disconnect(carol.page).click();
  await expectNoCall(carol);
  await choose('Unmute calls');
});

test('a fourth call to the same person within a minute is refused with a sentence', async ({
  person,
  expectConsole,
}) => {
  expectConsole(/429/);
  const [dave, alice] = [await person('dave'), await person('alice')];
  for (const _ of [1, 2, 3]) {
    await callFromHeader(dave, alice);
    await decline(alice.page, 'Dave').click();
    await expect(incomingWindow(alice.page, 'Dave')).toBeHidden();
    await expect(callRegion(dave.page)).toBeHidden();
  }
  await headerCall(dave.page).click();
  await expect(dave.page.getByText(/That is a lot of calls\. Try again in \d+ seconds\./)).toBeVisible();
  await expect(callRegion(dave.page)).toBeHidden();
  await expect(incomingWindow(alice.page, 'Dave')).toBeHidden();
  // Another caller can still ring her.
  const bob = await person('bob');
  await callFromHeader(bob, alice);
  await decline(alice.page, 'Bob').click();
  await expectNoCall(bob, alice);
});

test('a block mid-call ends the direct call for both, and nothing passes between the two until it is taken back', async ({
  person,
  expectConsole,
}) => {
  expectConsole(/403/);
  const [bob, carol] = [await person('bob'), await person('carol')];
  await talk(bob, carol);
  await openConversation(carol.page, 'general');
  const card = await openProfile(carol.page, 'Bob');
  await card.getByRole('button', { name: 'Block', exact: true }).click();
  await carol.page.getByRole('dialog', { name: 'Block Bob?' }).getByRole('button', { name: 'Block' }).click();
  await expectNoCall(bob, carol);

  await headerCall(bob.page).click();
  await expect(refusal(bob.page)).toBeVisible();
  await refusal(bob.page).getByRole('button', { name: 'Dismiss' }).click();
  await sendMessage(bob.page, 'Are you there?');
  await expect(bob.page.getByRole('alert').filter({ hasText: 'Not sent' })).toBeVisible();

  const main = await openSettings(carol.page);
  await main.getByRole('button', { name: 'Unblock Bob' }).click();
  await expect(main.getByText('You have not blocked anyone.')).toBeVisible();
  await bob.page.getByRole('button', { name: 'Try again' }).click();
  await expect(bob.page.getByRole('alert').filter({ hasText: 'Not sent' })).toBeHidden();
});

test('a block ends a running ring between the two, as if it had been declined', async ({ person }) => {
  const [erin, dave] = [await person('erin'), await person('dave')];
  await callFromProfile(erin, dave);
  await expect(incomingWindow(dave.page, 'Erin')).toBeVisible();
  await openConversation(dave.page, 'general');
  const card = await openProfile(dave.page, 'Erin');
  await card.getByRole('button', { name: 'Block', exact: true }).click();
  await dave.page.getByRole('dialog', { name: 'Block Erin?' }).getByRole('button', { name: 'Block' }).click();
  await expect(incomingWindow(dave.page, 'Erin')).toBeHidden();
  await expect(erin.page.getByText('Dave declined').first()).toBeVisible();
  await expectNoCall(erin, dave);
  await ask(dave, 'DELETE', `/api/users/${await idOf(dave, 'erin')}/block`);
});

test('presence is in words in the member list and in the direct list: offline, online, in a call', async ({
  person,
}) => {
  const alice = await person('alice');
  await openConversation(alice.page, 'general');
  const bobInMembers = members(alice.page).getByRole('button', { name: 'Bob' });
  const mark = (word: string) => row(alice, 'Bob').getByRole('img', { name: word });
  for (const word of ['Online', 'In a call']) await expect(mark(word)).toHaveCount(0);
  const [bob, erin] = [await person('bob'), await person('erin')];
  await expect(mark('Online')).toBeVisible();
  await expect(bobInMembers.getByRole('img', { name: 'Online' })).toBeVisible();
  await callFromProfile(erin, bob);
  await accept(bob.page, shownName(erin)).click();
  await expect(callPhase(bob.page, 'connected')).toBeVisible();
  await expect(mark('In a call')).toBeVisible();
  await expect(bobInMembers).toContainText('In a call');
  await disconnect(bob.page).click();
  await expect(mark('Online')).toBeVisible();
  await bob.closeBrowser();
  await expect(mark('Online')).toHaveCount(0);
  await expectNoCall(erin);
});
