import { expectNoCall } from '../support/calling';
import { chooseMore, listJoinCall, makeGroup, row } from '../support/groups';
import { expect, test } from '../support/journey';
import type { Person } from '../support/people';
import {
  accept,
  callPhase,
  callRegion,
  conversations,
  decline,
  disconnect,
  headerCall,
  headerJoinCall,
  incomingWindow,
  members,
  openConversation,
  openProfile,
  participant,
  profile,
} from '../support/screens';

/** Every participant hears all the others. */
async function allHearEachOther(...people: Person[]): Promise<void> {
  for (const one of people) {
    await expect(callPhase(one.page, 'connected')).toBeVisible();
    for (const other of people) if (other !== one) await one.hears(other, 20_000);
  }
}

test('a group call rings every other member, each answer stands alone, and people come and go', async ({
  person,
}) => {
  test.setTimeout(150_000);
  const [alice, bob, carol, dave] = [
    await person('alice'),
    await person('bob'),
    await person('carol'),
    await person('dave'),
  ];
  await makeGroup(alice, [bob, carol, dave], 'Climbing');
  await expect(row(dave.page, 'Climbing')).toBeVisible();
  await chooseMore(alice.page, 'Rename');
  await alice.page.getByRole('textbox', { name: 'Title' }).fill('Climbing on Sunday');
  await alice.page.getByRole('button', { name: 'Save' }).click();
  const title = 'Climbing on Sunday';
  await expect(row(dave.page, title)).toBeVisible();

  await headerCall(alice.page).click();
  for (const { page } of [bob, carol, dave]) await expect(incomingWindow(page, 'Alice', title)).toBeVisible();
  await expect(callRegion(alice.page)).toHaveAttribute('data-call-kind', 'group');
  for (const name of ['Bob', 'Carol', 'Dave']) {
    await expect(participant(alice.page, name)).toContainText('Ringing…');
  }

  await decline(carol.page, 'Alice', title).click();
  await expect(participant(alice.page, 'Carol')).toContainText('Declined');
  await participant(alice.page, 'Dave').getByRole('button', { name: 'Stop ringing' }).click();
  await expect(incomingWindow(dave.page, 'Alice', title)).toBeHidden();
  await expect(participant(alice.page, 'Dave')).toContainText('Not ringing');
  await expect(incomingWindow(bob.page, 'Alice', title)).toBeVisible();
  await participant(alice.page, 'Dave').getByRole('button', { name: 'Ring again' }).click();
  await expect(incomingWindow(dave.page, 'Alice', title)).toBeVisible();

  await accept(bob.page, 'Alice', title).click();
  await allHearEachOther(alice, bob);
  // Joined later: from the header after declining, from the list after declining.
  await openConversation(carol.page, title);
  await headerJoinCall(carol.page).click();
  await decline(dave.page, 'Alice', title).click();
  await listJoinCall(dave.page, title).click();
  await allHearEachOther(alice, bob, carol, dave);

  await callRegion(alice.page).getByRole('button', { name: 'Full window' }).click();
  const everyone = callRegion(alice.page).getByRole('list', { name: 'In this call' }).getByRole('listitem');
  await expect(everyone).toHaveCount(4);
  for (const name of ['Bob', 'Carol', 'Dave']) {
    await expect(participant(alice.page, name).locator('[data-speaking]')).toBeVisible();
  }

  await disconnect(alice.page).click();
  await expect(callRegion(alice.page)).toBeHidden();
  await allHearEachOther(bob, carol, dave);
  await expect(participant(bob.page, 'Alice')).toContainText('Left');
  await disconnect(bob.page).click();
  await allHearEachOther(carol, dave);
  await disconnect(carol.page).click();
  await expectNoCall(alice, bob, carol, dave);
  await expect(listJoinCall(alice.page, title)).toBeHidden();
});

test('a new member sees Join call and is not rung; its creator removes them, out of the call too', async ({
  person,
}) => {
  const [bob, carol, dave, alice] = [
    await person('bob'),
    await person('carol'),
    await person('dave'),
    await person('alice'),
  ];
  await makeGroup(bob, [carol, alice], 'Book club');
  await openConversation(carol.page, 'Book club');
  await headerCall(bob.page).click();
  await accept(carol.page, 'Bob', 'Book club').click();
  await allHearEachOther(bob, carol);
  await decline(alice.page, 'Bob', 'Book club').click();

  await chooseMore(bob.page, 'Add people');
  await bob.page.getByRole('checkbox', { name: 'Dave' }).check();
  await bob.page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(listJoinCall(dave.page, 'Book club')).toBeVisible();
  await expect(dave.page.getByRole('alertdialog')).toHaveCount(0);
  await listJoinCall(dave.page, 'Book club').click();
  await allHearEachOther(bob, carol, dave);

  const card = await openProfile(bob.page, 'Dave');
  await card.getByRole('button', { name: 'Remove from group' }).click();
  await bob.page
    .getByRole('dialog', { name: 'Remove Dave?' })
    .getByRole('button', { name: 'Remove' })
    .click();
  await expect(profile(bob.page, 'Dave')).toBeHidden();
  await expectNoCall(dave);
  await expect(conversations(dave.page).getByRole('link', { name: 'Book club' })).toBeHidden();
  await expect(members(bob.page).getByRole('button', { name: 'Dave' })).toBeHidden();
  await expect(participant(bob.page, 'Dave')).toBeHidden();
  await allHearEachOther(bob, carol);

  // Carol did not make the group: she may leave it, and takes her part in the call with her.
  const bobsCard = await openProfile(carol.page, 'Bob');
  await expect(bobsCard.getByRole('button', { name: 'Remove from group' })).toBeHidden();
  await carol.page.keyboard.press('Escape');
  await chooseMore(carol.page, 'Leave group');
  await carol.page.getByRole('button', { name: 'Leave group' }).click();
  await expect(conversations(carol.page).getByRole('link', { name: 'Book club' })).toBeHidden();
  await expectNoCall(bob, carol);
});
