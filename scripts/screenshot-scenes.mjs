/** What `screenshots.mjs` plays: each scene brings its people and ends with nobody in a call. */

/**
 * @typedef {import('@playwright/test').Page} Page
 * @typedef {import('./screenshots.mjs').Stage} Stage
 */

/** Opens a conversation by what the list calls it. */
async function open(/** @type {Page} */ page, /** @type {string} */ title) {
  const list = page.getByRole('navigation', { name: 'Conversations' });
  await list.getByRole('link', { name: title }).first().click();
  await page.getByRole('heading', { name: title }).first().waitFor();
  await page.getByRole('textbox', { name: 'Message', exact: true }).waitFor();
}

const callOf = (/** @type {Page} */ page) => page.getByRole('region', { name: 'Call', exact: true });
const press = (/** @type {Page} */ page, /** @type {string} */ name) =>
  page.getByRole('button', { name, exact: true }).first().click();
const pressInCall = (/** @type {Page} */ page, /** @type {string} */ name) =>
  callOf(page).getByRole('button', { name, exact: true }).first().click();
const call = (/** @type {Page} */ page) =>
  page.getByRole('main').getByRole('button', { name: 'Call', exact: true }).first().click();
const phase = (/** @type {Page} */ page, /** @type {string} */ name) =>
  page.locator(`[data-call-phase="${name}"]`).first().waitFor();
const incoming = (/** @type {Page} */ page) => page.getByRole('alertdialog').first().waitFor();
/** A ring around who speaks makes a better picture; on a busy machine there is one without. */
const speaking = (/** @type {Page} */ page) =>
  page
    .locator('[data-speaking]')
    .first()
    .waitFor({ timeout: 4000 })
    .catch(() => {});

/** @type {Record<string, (stage: Stage) => Promise<void>>} */
export const scenes = {
  account: async ({ app, visitor, shoot }) => {
    const page = await visitor();
    await page.goto(`${app.url}/login`);
    await page.getByLabel('Username', { exact: true }).fill('alice');
    await shoot(page, 'login');
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await press(page, 'Sign in');
    await page.locator('form').getByRole('alert').waitFor();
    await shoot(page, 'login-refused');
    await page.goto(`${app.url}/register`);
    await page.getByLabel('Username', { exact: true }).waitFor();
    await shoot(page, 'register');
  },

  conversations: async ({ app, person, shoot }) => {
    const page = await person('alice');
    await open(page, 'general');
    await shoot(page, 'channel');
    await open(page, 'Weekend trip');
    await shoot(page, 'conversation');
    await press(page, 'More');
    await page.getByRole('menu').waitFor();
    await shoot(page, 'more-menu');
    await page.keyboard.press('Escape');
    await open(page, 'Bob');
    await shoot(page, 'direct');
    await press(page, 'New conversation');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await shoot(page, 'new-conversation');
    for (const name of ['Bob', 'Carol']) await dialog.getByRole('checkbox', { name, exact: true }).check();
    await shoot(page, 'new-group');
    await page.keyboard.press('Escape');
    await page.goto(`${app.url}/messages/conv_nothing`);
    await page.getByRole('main').waitFor();
    await shoot(page, 'not-found');
    await page.goto(`${app.url}/messages`);
    await page.getByRole('log', { name: 'Messages' }).waitFor();
    await shoot(page, 'messages');
    await page.goto(`${app.url}/calls`);
    await page.getByRole('heading', { name: 'Calls' }).waitFor();
    await shoot(page, 'calls-empty');
  },

  profile: async ({ person, shoot }) => {
    const page = await person('alice');
    await open(page, 'general');
    const members = page.getByRole('complementary', { name: 'Members' });
    if (!(await members.isVisible())) await press(page, 'Members');
    await members.getByRole('button', { name: 'Erin' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Erin', exact: true });
    await dialog.waitFor();
    await shoot(page, 'profile');
    await dialog.getByRole('button', { name: 'Call', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: 'Action not allowed' }).waitFor();
    await shoot(page, 'refusal');
  },

  settings: async ({ app, person, shoot }) => {
    const page = await person('alice');
    await page.goto(`${app.url}/settings`);
    await page.getByRole('heading', { name: 'Shortcuts' }).waitFor();
    await shoot(page, 'settings');
    await page.setViewportSize({ width: 1440, height: 2600 });
    await shoot(page, 'settings-all');
    await page.setViewportSize({ width: 1440, height: 900 });
    const answer = await page.goto(`${app.url}/operator`);
    if (answer?.ok()) {
      await page.getByRole('main').waitFor();
      await page.setViewportSize({ width: 1440, height: 1400 });
      await shoot(page, 'operator');
    }
  },

  unanswered: async ({ person, shoot }) => {
    const alice = await person('alice');
    await open(alice, 'Bob');
    await call(alice);
    await phase(alice, 'outgoing');
    await shoot(alice, 'outgoing-unreached');
    await pressInCall(alice, 'Disconnect');
    await callOf(alice).waitFor({ state: 'hidden' });
    await shoot(alice, 'ended-cancelled');
  },

  direct: async ({ person, shoot }) => {
    const [alice, bob] = [await person('alice'), await person('bob')];
    await open(alice, 'Weekend trip');
    await open(bob, 'Alice');
    await alice
      .getByRole('textbox', { name: 'Message', exact: true })
      .fill('Yes, there are two full cans in');
    await call(bob);
    await incoming(alice);
    await shoot(alice, 'incoming');
    await bob.getByText('Ringing…').first().waitFor();
    await shoot(bob, 'outgoing');
    await alice.getByRole('alertdialog').getByRole('button', { name: 'Accept', exact: true }).click();
    await phase(bob, 'connected');
    await open(alice, 'Bob');
    await phase(alice, 'connected');
    await alice.getByText('Good connection').waitFor();
    await speaking(alice);
    await shoot(alice, 'call');
    await pressInCall(alice, 'Devices');
    await alice.getByRole('dialog', { name: 'Devices' }).waitFor();
    await shoot(alice, 'call-devices');
    await alice.keyboard.press('Escape');
    await alice.getByRole('link', { name: /^Calls/ }).click();
    await alice.getByRole('heading', { name: 'Calls' }).waitFor();
    await speaking(alice);
    await shoot(alice, 'calls');
    await open(alice, 'Bob');
    await pressInCall(alice, 'Full window');
    await shoot(alice, 'call-full-direct');
    await pressInCall(alice, 'Back to the conversation');
    await pressInCall(alice, 'Camera');
    await alice.locator('video').first().waitFor();
    await shoot(alice, 'call-camera');
    await pressInCall(alice, 'Camera');
    await bob.close();
    await alice.getByText(/Ending in/).waitFor();
    await shoot(alice, 'countdown');
    await pressInCall(alice, 'Disconnect');
    await callOf(alice).waitFor({ state: 'hidden' });
    await shoot(alice, 'ended');
  },

  group: async ({ person, shoot }) => {
    const [alice, bob, carol] = [await person('alice'), await person('bob'), await person('carol')];
    await open(alice, 'Weekend trip');
    await open(carol, 'general');
    await call(alice);
    await incoming(bob);
    await incoming(carol);
    await shoot(carol, 'incoming-group');
    await bob.getByRole('alertdialog').getByRole('button', { name: 'Decline', exact: true }).click();
    await alice.getByText('Declined').first().waitFor();
    await shoot(alice, 'outgoing-group');
    await carol.getByRole('alertdialog').getByRole('button', { name: 'Accept', exact: true }).click();
    await phase(alice, 'connected');
    await speaking(alice);
    await shoot(alice, 'call-group');
    await open(bob, 'Weekend trip');
    await bob.getByRole('button', { name: 'Join call', exact: true }).first().waitFor();
    await shoot(bob, 'conversation-live');
    await bob.getByRole('main').getByRole('button', { name: 'Join call', exact: true }).first().click();
    await phase(bob, 'connected');
    await pressInCall(carol, 'Camera');
    await pressInCall(alice, 'Full window');
    await alice.getByRole('radio', { name: 'Grid' }).click();
    await alice.locator('video').first().waitFor();
    await shoot(alice, 'call-grid');
    await alice.getByRole('radio', { name: 'Focus' }).click();
    await shoot(alice, 'call-focus');
    await pressInCall(alice, 'Back to the conversation');
    const dave = await person('dave');
    await open(dave, 'general');
    const members = dave.getByRole('complementary', { name: 'Members' });
    if (!(await members.isVisible())) await press(dave, 'Members');
    await members.getByRole('button', { name: 'Alice' }).first().click();
    await dave
      .getByRole('dialog', { name: 'Alice' })
      .getByRole('button', { name: 'Call', exact: true })
      .click();
    await incoming(alice);
    await shoot(alice, 'incoming-in-call');
    await alice.getByRole('alertdialog').getByRole('button', { name: 'Accept', exact: true }).click();
    await alice.getByRole('dialog', { name: 'Switch call?' }).waitFor();
    await shoot(alice, 'switch');
    await alice.getByRole('dialog').getByRole('button', { name: 'Stay', exact: true }).click();
    await shoot(alice, 'incoming-after-stay');
  },

  listening: async ({ person, shoot }) => {
    const [alice, carol] = [await person('alice'), await person('carol', { canSpeak: false })];
    await open(alice, 'general');
    const members = alice.getByRole('complementary', { name: 'Members' });
    if (!(await members.isVisible())) await press(alice, 'Members');
    await members.getByRole('button', { name: 'Carol' }).first().click();
    await alice
      .getByRole('dialog', { name: 'Carol' })
      .getByRole('button', { name: 'Call', exact: true })
      .click();
    await incoming(carol);
    await carol.getByRole('alertdialog').getByRole('button', { name: 'Accept', exact: true }).click();
    await phase(carol, 'connected');
    await open(carol, 'Alice');
    await carol
      .getByText(/microphone is blocked/)
      .first()
      .waitFor();
    await shoot(carol, 'microphone-blocked');
    await pressInCall(alice, 'Disconnect');
    await callOf(carol).waitFor({ state: 'hidden' });
    await shoot(carol, 'ended-by-other');
  },

  reconnecting: async ({ app, person, shoot }) => {
    const [dave, carol] = [await person('dave'), await person('carol')];
    await open(dave, 'general');
    const members = dave.getByRole('complementary', { name: 'Members' });
    if (!(await members.isVisible())) await press(dave, 'Members');
    await members.getByRole('button', { name: 'Carol' }).first().click();
    await dave
      .getByRole('dialog', { name: 'Carol' })
      .getByRole('button', { name: 'Call', exact: true })
      .click();
    await incoming(carol);
    await carol.getByRole('alertdialog').getByRole('button', { name: 'Accept', exact: true }).click();
    await phase(dave, 'connected');
    process.kill(app.pids().livekit, 'SIGKILL');
    await phase(dave, 'reconnecting');
    await shoot(dave, 'reconnecting');
  },
};
