import { expect, test } from '../support/journey';
import { demoPassword, signIn } from '../support/people';
import { conversations } from '../support/screens';

test('an operator finds the community’s screen, invites a person, and the link works once', async ({
  browser,
  person,
  watch,
  expectConsole,
}) => {
  // Requests of a user who was just suspended are refused.
  expectConsole(/nina.*status of 401/);
  const alice = await person('alice', { path: '/settings' });
  await alice.page.getByRole('link', { name: 'Open', exact: true }).click();
  await expect(alice.page.getByRole('heading', { name: 'Community', level: 1 })).toBeVisible();
  await alice.page.getByRole('button', { name: 'Create invite link' }).click();
  const link = await alice.page.getByLabel('Invite link', { exact: true }).inputValue();

  const context = await browser.newContext();
  const page = await context.newPage();
  watch(page, 'nina');
  await page.goto(link);
  const name = `nina${Date.now() % 100_000}`;
  await page.getByLabel('Username', { exact: true }).fill(name);
  await page.getByLabel('Password', { exact: true }).fill('a long enough word');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('navigation', { name: 'Conversations' })).toBeVisible();
  await alice.page.reload();
  await expect(alice.page.getByText(`@${name}`)).toBeVisible();
  await expect(alice.page.getByRole('button', { name: 'Revoke' })).toBeHidden();

  // A suspended user is signed out at once: by the stream, not by the answer to the next heartbeat.
  await page.route('**/api/events/alive', () => {});
  await alice.page.getByRole('button', { name: `Actions for ${name}` }).click();
  await alice.page.getByRole('menuitem', { name: 'Suspend' }).click();
  await alice.page.getByRole('dialog').getByRole('button', { name: 'Suspend' }).click();
  await expect(page).toHaveURL(/\/login$/);
  await expect(alice.page.getByText('Suspended', { exact: true })).toBeVisible();
  await context.close();
});

test('a new name of the community reaches every open page', async ({ person }) => {
  const [alice, bob] = [await person('alice', { path: '/operator' }), await person('bob')];
  const name = alice.page.getByRole('textbox', { name: 'Name', exact: true });
  const before = await name.inputValue();
  await expect(conversations(bob.page).getByText(before, { exact: true })).toBeVisible();
  await name.fill('Harbour Street');
  await name.press('Enter');
  await expect(conversations(bob.page).getByText('Harbour Street', { exact: true })).toBeVisible();
});

test('the operator’s screen does not exist for other users', async ({
  app,
  browser,
  watch,
  expectConsole,
}) => {
  expectConsole(/bob.*status of 404/);
  const context = await browser.newContext();
  const page = await context.newPage();
  watch(page, 'bob');
  await signIn(page, app.url, 'bob', demoPassword);
  await page.goto(`${app.url}/settings`);
  await expect(page.getByText('Your community')).toBeHidden();
  await page.goto(`${app.url}/operator`);
  await expect(page.getByText('Nothing here')).toBeVisible();
  await context.close();
});
