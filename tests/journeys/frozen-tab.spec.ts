import type { Page } from '@playwright/test';
import { callFromHeader, expectNoCall } from '../support/calling';
import { grantedArgs } from '../support/chromium';
import { expect, test } from '../support/journey';
import { ringingAmong } from '../support/ringing';
import type { RunningApp } from '../support/running-app';
import { decline, incomingWindow } from '../support/screens';
import { freeze, standingStillWords, stopProcess } from '../support/standing-still';

/** How many event streams the server holds open. */
async function openStreams(app: RunningApp): Promise<number> {
  const text = await (await fetch(`${app.url}/api/metrics`)).text();
  return Number(/^parley_streams_open (\d+)$/m.exec(text)?.[1]);
}

/** When this page struck its notes, in Unix milliseconds. */
const notesOf = (page: Page) => page.evaluate(() => window.parleyVoice?.notes ?? []);

test('a frozen tab gives stream and ring to the other tab at once, and wakes up as one that listens', async ({
  app,
  person,
}) => {
  const [alice, bob] = [await person('alice'), await person('bob', { browserArgs: grantedArgs })];
  const leader = bob.page;
  const other = await bob.newTab();
  await other.goto(leader.url());
  await expect.poll(() => openStreams(app)).toBe(2);

  const takeover = other.waitForRequest(/\/api\/events$/);
  const still = await freeze(leader, [other]);
  try {
    await takeover;
    await callFromHeader(alice, { ...bob, page: other });
    expect(await ringingAmong([other])).toEqual([other]);
  } finally {
    await still.resume();
  }
  await expect(incomingWindow(leader, 'Alice')).toBeVisible();
  expect(await ringingAmong([leader, other])).toEqual([other]);
  expect(
    (await notesOf(leader)).filter((at) => at > still.since),
    'notes of the frozen tab',
  ).toEqual([]);
  await expect.poll(() => openStreams(app)).toBe(2);

  await decline(other, 'Alice').click();
  for (const tab of [leader, other]) await expect(incomingWindow(tab, 'Alice')).toBeHidden();
  await expectNoCall(alice);
});

test('a tab that stops without a word while it rings: the other rings within seconds, and there are never two afterwards', async ({
  app,
  person,
  expectConsole,
}) => {
  expectConsole(standingStillWords);
  const [carol, bob] = [await person('carol'), await person('bob', { browserArgs: grantedArgs })];
  const first = bob.page;
  await callFromHeader(carol, bob);
  expect(await ringingAmong([first])).toEqual([first]);
  const second = await bob.newTab();
  await second.goto(first.url());
  await expect(incomingWindow(second, 'Carol')).toBeVisible();

  const still = await stopProcess(first, [second]);
  try {
    expect(await ringingAmong([second])).toEqual([second]);
    const rangAt = (await notesOf(second)).find((at) => at > still.since) ?? Infinity;
    expect(rangAt - still.since).toBeLessThan(6000);
    // The stream goes over, too; the server has not noticed yet that no tab reads the old one.
    await expect.poll(() => openStreams(app), { timeout: 12_000 }).toBe(3);
  } finally {
    await still.resume();
  }
  await expect.poll(() => openStreams(app)).toBe(2);
  expect(await ringingAmong([first, second])).toEqual([second]);

  await decline(second, 'Carol').click();
  for (const tab of [first, second]) await expect(incomingWindow(tab, 'Carol')).toBeHidden();
  await expectNoCall(carol);
});
