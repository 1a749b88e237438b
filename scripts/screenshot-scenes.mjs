/** What `screenshots.mjs` plays: each scene brings its people and leaves no call behind. */

import { callScenes } from './screenshot-calls.mjs';
import { crowdScenes } from './screenshot-crowds.mjs';
import { goTo, isPhone, open, openProfile, press } from './screenshot-moves.mjs';
import { stateScenes } from './screenshot-states.mjs';

/**
 * @typedef {import('@playwright/test').Page} Page
 * @typedef {import('./pictures.mjs').Stage} Stage
 * @typedef {Record<string, (stage: Stage) => Promise<void>>} Scenes
 */

/** @type {Scenes} */
const pageScenes = {
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
    await page.getByLabel('Username', { exact: true }).fill('alice');
    await shoot(page, 'register');
    await page.getByLabel('Password', { exact: true }).fill('a long enough word');
    await press(page, 'Create account');
    await page.locator('form').getByRole('alert').waitFor();
    await shoot(page, 'register-refused');
    await page.goto(`${app.url}/nowhere`);
    await shoot(page, 'no-such-page');
  },

  conversations: async ({ app, person, shoot }) => {
    const page = await person('alice');
    if (isPhone(page)) await shoot(page, 'list');
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
    await goTo(page, 'Messages');
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
    if (isPhone(page)) await page.getByRole('navigation', { name: 'Conversations' }).waitFor();
    else await page.getByRole('log', { name: 'Messages' }).waitFor();
    await shoot(page, 'messages');
    await page.goto(`${app.url}/calls`);
    await page.getByRole('heading', { name: 'Calls', exact: true }).waitFor();
    await shoot(page, 'calls-empty');
  },

  profile: async ({ person, shoot }) => {
    const page = await person('alice');
    await open(page, 'general');
    const dialog = await openProfile(page, 'Erin');
    await shoot(page, 'profile');
    await dialog.getByRole('button', { name: 'Call', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: 'Action not allowed' }).waitFor();
    await shoot(page, 'refusal');
  },

  settings: async ({ app, person, shoot }) => {
    const page = await person('alice');
    await page.goto(`${app.url}/settings`);
    await page.getByRole('heading', { name: 'Shortcuts' }).waitFor();
    await lengthwise(page, 'settings', shoot);
    await page.goto(`${app.url}/operator`);
    await page.getByRole('button', { name: 'Make invite link' }).click();
    await page.getByLabel('Invite link', { exact: true }).waitFor();
    await lengthwise(page, 'operator', shoot);
  },
};

/** A long page piece by piece, as one scrolls it. */
async function lengthwise(
  /** @type {Page} */ page,
  /** @type {string} */ name,
  /** @type {Stage['shoot']} */ shoot,
) {
  const scroller = page.getByRole('main');
  for (let part = 1; part <= 6; part += 1) {
    await shoot(page, `${name}-${part}`);
    const isEnd = await scroller.evaluate((main) => {
      const boxes = [main, ...main.querySelectorAll('*')].filter(
        (box) => box.scrollHeight > box.clientHeight + 40 && getComputedStyle(box).overflowY === 'auto',
      );
      const before = boxes.map((box) => box.scrollTop);
      for (const box of boxes) box.scrollBy(0, innerHeight * 0.7);
      return boxes.every((box, index) => box.scrollTop === before[index]);
    });
    if (isEnd) return;
  }
}

/** @type {Scenes} */
export const scenes = { ...pageScenes, ...callScenes, ...crowdScenes, ...stateScenes };
