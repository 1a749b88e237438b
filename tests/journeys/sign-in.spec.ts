import { expect, test } from '../support/journey';
import { signIn } from '../support/people';
import { alerts, conversations } from '../support/screens';

test('a person signs in and sees their conversations', async ({ app, browser, watch }) => {
  const page = await (await browser.newContext()).newPage();
  watch(page, 'alice');
  await page.goto(app.url);
  await expect(page, 'a visitor without a sign-in sees the form').toHaveURL(/\/login/);
  await signIn(page, app.url, 'alice');
  for (const title of ['general', 'random', 'Weekend trip', 'Bob']) {
    await expect(conversations(page).getByRole('link', { name: title }).first()).toBeVisible();
  }
  await page.context().close();
});

test('in a low window the page of the sign-in scrolls to all that is on it', async ({
  app,
  browser,
  watch,
}) => {
  const page = await (await browser.newContext({ viewport: { width: 683, height: 310 } })).newPage();
  watch(page, 'alice');
  await page.goto(`${app.url}/login`);
  const register = page.getByRole('link', { name: 'Create an account' });
  await expect(register).not.toBeInViewport();
  await page.mouse.move(340, 150);
  await page.mouse.wheel(0, 2000);
  await expect(register).toBeInViewport();
  await page.mouse.wheel(0, -4000);
  await expect(page.getByText('Parley', { exact: true })).toBeInViewport();
  await page.context().close();
});

test('a wrong password is refused in words and signs no user in', async ({
  app,
  browser,
  watch,
  expectConsole,
}) => {
  expectConsole(/401/);
  const page = await (await browser.newContext()).newPage();
  watch(page, 'alice');
  await page.goto(`${app.url}/login`);
  await page.getByLabel('Username', { exact: true }).fill('alice');
  await page.getByLabel('Password', { exact: true }).fill('not-her-password');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(alerts(page)).toHaveText(/password/);
  await expect(page).toHaveURL(/\/login/);
  await page.context().close();
});

test('signing out ends here and leaves the other browser signed in', async ({ person, expectConsole }) => {
  // The answer to a heartbeat that came just before may reach the server just after.
  expectConsole(/401 \(Unauthorized\) \(\S+\/api\/events\/alive\)/);
  const alice = await person('alice', { ownSignIn: true, path: '/settings' });
  const elsewhere = await person('alice', { ownSignIn: true });
  await alice.page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(alice.page).toHaveURL(/\/login/);
  await elsewhere.page.reload();
  await expect(conversations(elsewhere.page)).toBeVisible();
});
