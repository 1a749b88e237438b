import { expect } from '@playwright/test';
import type { Person } from './people';
import {
  accept,
  callPhase,
  callRegion,
  callTimer,
  conversations,
  headerCall,
  incomingWindow,
  openConversation,
  openProfile,
} from './screens';

/** What people call each other, from the user name. */
export const shownName = (person: Pick<Person, 'name'>): string =>
  person.name.charAt(0).toUpperCase() + person.name.slice(1);

/** Opens the direct conversation of the two, made if there is none. */
export async function openDirect(person: Person, other: Pick<Person, 'name'>): Promise<void> {
  const id = await person.page.evaluate(async (username) => {
    const { users } = await (await fetch('/api/users')).json();
    const found = users.find((user: { username: string }) => user.username === username);
    const answer = await fetch('/api/conversations', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ userIds: [found.id] }),
    });
    return (await answer.json()).id ?? null;
  }, other.name);
  if (!id) throw new Error(`${person.name} cannot open a conversation with ${other.name}`);
  await conversations(person.page).locator(`a[href="/messages/${id}"]`).click();
  await person.page
    .getByRole('heading', { name: shownName(other) })
    .first()
    .waitFor();
}

/** Calls from the conversation's header and waits for the window on the other side. */
export async function callFromHeader(caller: Person, callee: Person): Promise<void> {
  await openDirect(caller, callee);
  await headerCall(caller.page).click();
  await expect(callPhase(caller.page, 'outgoing')).toBeVisible();
  await expect(incomingWindow(callee.page, shownName(caller))).toBeVisible();
}

/** Calls from the profile in the member list of a channel, so that no conversation has to be there. */
export async function callFromProfile(caller: Person, callee: Person): Promise<void> {
  await openConversation(caller.page, 'general');
  const dialog = await openProfile(caller.page, shownName(callee));
  await dialog.getByRole('button', { name: 'Call', exact: true }).click();
}

/** Two people in a direct call who hear each other. */
export async function talk(caller: Person, callee: Person): Promise<void> {
  await callFromHeader(caller, callee);
  await accept(callee.page, shownName(caller)).click();
  await expectTalking(caller, callee);
}

/** Both are connected, see the timer, and hear exactly the other's tone. */
export async function expectTalking(one: Person, other: Person): Promise<void> {
  await Promise.all(
    [one, other].map(async ({ page }) => {
      await expect(callPhase(page, 'connected')).toBeVisible();
      await expect(callTimer(page)).toBeVisible();
    }),
  );
  await Promise.all([one.hears(other), other.hears(one)]);
}

/** The call has ended for these people: no call on the screen, nothing to be heard. */
export async function expectNoCall(...people: Person[]): Promise<void> {
  await Promise.all(
    people.map(async (person) => {
      await expect(callRegion(person.page)).toBeHidden();
      await person.hearsNothing();
    }),
  );
}
