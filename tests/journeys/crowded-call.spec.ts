import type { Page } from '@playwright/test';
import { bringGuests, guestNames } from '../support/crowded-call';
import { expect, test } from '../support/journey';
import { accept, callControl, callPhase, callRegion, disconnect, participant } from '../support/screens';

type Box = { name: string; x: number; y: number; width: number; height: number };

/** Where each participant's tile stands. */
const tiles = (page: Page): Promise<Box[]> =>
  callRegion(page)
    .getByRole('list', { name: 'In this call' })
    .getByRole('listitem')
    .evaluateAll((items) =>
      items.map((item) => {
        const { x, y, width, height } = item.getBoundingClientRect();
        const [left = 0, top = 0, wide = 0, high = 0] = [x, y, width, height].map(Math.round);
        return { name: item.getAttribute('aria-label') ?? '', x: left, y: top, width: wide, height: high };
      }),
    );

/** What is wider than its place: the page itself, or a name that leaves its tile. */
const overflowing = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const wide = document.documentElement.scrollWidth > innerWidth ? ['the page'] : [];
    const items = document.querySelectorAll('section[aria-label="Call"] ul[aria-label="In this call"] > li');
    const names = [...items].flatMap((item) => {
      const tile = item.getBoundingClientRect();
      const isOut = [...item.querySelectorAll('bdi')].some((words) => {
        const { left, right } = words.getBoundingClientRect();
        return left < tile.left || right > tile.right;
      });
      return isOut ? [item.getAttribute('aria-label') ?? ''] : [];
    });
    return [...wide, ...names];
  });

test('a call holds 25 people: everyone has a tile, speakers are marked, and a new participant moves no tile', async ({
  app,
  browser,
  person,
}) => {
  test.setTimeout(120_000);
  const alice = await person('alice');
  const { page } = alice;
  const guests = await bringGuests(browser, app, guestNames);
  const last = guestNames.length - 1;
  const everyone = guestNames.map((_, index) => index);
  const conversation = await guests.makeGroup('Street party', ['alice']);
  const call = await guests.call(conversation);
  await accept(page, guestNames[0] ?? '', 'Street party').click();
  await expect(callPhase(page, 'connected')).toBeVisible();
  await callControl(page, 'Microphone').click();
  await guests.join(call, everyone.slice(1, last));
  await page.getByRole('button', { name: 'Full window' }).click();
  await page.getByRole('radio', { name: 'Grid' }).click();
  await expect(callRegion(page)).toContainText('24 people');

  const before = await tiles(page);
  await guests.join(call, [last]);
  await expect(callRegion(page)).toContainText('25 people');
  const after = await tiles(page);
  expect(after.map(({ name }) => name).sort()).toEqual([...guestNames, 'Alice'].sort());
  // Four whole rows; in the fifth the newcomer and Alice, who is always last, share the place.
  expect(after.slice(0, 20)).toEqual(before.slice(0, 20));
  expect([...new Set(after.map(({ width, height }) => `${width}×${height}`))]).toHaveLength(1);
  expect(await overflowing(page)).toEqual([]);

  for (const speaker of [3, 18]) {
    await guests.speak(speaker, true);
    const mark = callRegion(page).locator('li:has([data-speaking])');
    await expect(participant(page, guestNames[speaker] ?? '').locator('[data-speaking]')).toBeVisible();
    await expect(mark).toHaveCount(1);
    await guests.speak(speaker, false);
    await expect(mark).toHaveCount(0);
  }

  // In focus the speaker stands in the middle; on a phone they are in sight however far down their tile is.
  await page.getByRole('radio', { name: 'Focus' }).click();
  await guests.speak(21, true);
  const focus = callRegion(page).getByRole('list', { name: 'In focus' });
  await expect(focus.getByRole('listitem', { name: guestNames[21] ?? '', exact: true })).toBeVisible();
  expect(await overflowing(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(participant(page, guestNames[21] ?? '')).toBeInViewport({ ratio: 0.9 });
  expect(await overflowing(page)).toEqual([]);
  await participant(page, 'Alice').scrollIntoViewIfNeeded();
  await expect(participant(page, 'Alice')).toBeInViewport();

  await page.setViewportSize({ width: 1280, height: 800 });
  await disconnect(page).click();
  await expect(callRegion(page)).toBeHidden();
  await guests.close();
});
