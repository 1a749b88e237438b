import { chromium, expect } from '@playwright/test';
import { grantedArgs, headlessChromiumPath } from '../../tests/support/chromium.ts';
import { callRegion, disconnect, headerCall, openConversation } from '../../tests/support/screens.ts';
import { switchNoiseFilterOff } from '../../tests/support/voice-in-page.ts';
import { ask, seedPeople } from './people.mjs';

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {{ page: Page, name: string }} Shown */

/** All pages are contexts of one Chromium, so that there is one clock. */
export const openBrowser = () =>
  chromium.launch({
    args: grantedArgs,
    ...(headlessChromiumPath && { executablePath: headlessChromiumPath }),
  });

/**
 * So many people with a page each, and a direct conversation between each two of them.
 * @param {import('@playwright/test').Browser} browser
 * @param {import('./people.mjs').ServedApp} app
 * @param {number} count
 * @param {() => void} script runs in each page before its own
 * @returns {Promise<(Shown & { cookie: string })[]>}
 */
export async function openPeople(browser, app, count, script) {
  const people = await seedPeople(app, count);
  for (const [at, { cookie }] of people.entries())
    for (const other of people.slice(at + 1))
      await ask(`${app.url}/api/conversations`, 'POST', { cookie, body: { userIds: [other.id] } });
  const shown = [];
  for (const [at, { cookie }] of people.entries()) {
    const context = await browser.newContext({ permissions: ['microphone'] });
    const [name = '', value = ''] = cookie.split('=');
    await context.addCookies([{ name, value, url: app.url }]);
    const page = await context.newPage();
    await page.addInitScript(switchNoiseFilterOff);
    await page.addInitScript(script);
    await page.goto(app.url);
    shown.push({ page, name: `Person ${at}`, cookie });
  }
  return shown;
}

/**
 * Each of these people calls each other one in turn: at most three calls a minute go to one person, ten from one.
 * @param {readonly Shown[]} people
 * @returns {() => { caller: Shown, callee: Shown, at: number }} the next two, and where the callee is among the people
 */
export function turnsOf(people) {
  const turns = people.flatMap((caller) =>
    people.flatMap((callee, at) => (callee === caller ? [] : [{ caller, callee, at }])),
  );
  let taken = 0;
  return () => {
    // Seven steps on: neither the same caller nor the same pair comes again soon.
    const turn = turns[(taken++ * 7) % turns.length];
    if (!turn) throw new Error('a call takes two');
    return turn;
  };
}

/** Presses **Call** in the direct conversation, which is open before. */
export async function callFrom(/** @type {Shown} */ caller, /** @type {Shown} */ callee) {
  await openConversation(caller.page, callee.name);
  await headerCall(caller.page).click();
}

/** Ends the call from this side, and waits until neither shows it. */
export async function endCall(/** @type {Shown} */ one, /** @type {Shown} */ other) {
  await disconnect(one.page).click();
  for (const { page } of [one, other]) await expect(callRegion(page)).toBeHidden();
}
