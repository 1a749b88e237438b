import type { Page } from '@playwright/test';
import { bringGuests, guestNames } from '../support/crowded-call';
import { expect, test } from '../support/journey';
import { accept, callControl, callPhase, callRegion, disconnect, participant } from '../support/screens';
import { stageFlaws } from '../support/stage-flaws';

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

/** How many stand in each row. */
const rowsOf = (boxes: Box[]) =>
  [...new Set(boxes.map(({ y }) => y))].map((top) => boxes.filter(({ y }) => y === top).length);
/** Those with a place on the page that is shown; the others are for screen readers alone. */
const placedOnly = (boxes: Box[]) => boxes.filter(({ width }) => width > 1);
const withoutName = ({ name: _, ...box }: Box) => box;

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
  await expect(callRegion(page)).toContainText('24 people');

  const before = await tiles(page);
  await guests.join(call, [last]);
  await expect(callRegion(page)).toContainText('25 people');
  const after = await tiles(page);
  expect(after.map(({ name }) => name).sort()).toEqual([...guestNames, 'Alice'].sort());
  // Two whole rows; in the third, which is centred, the newcomer and Alice, who is always last, share the place.
  expect(rowsOf(after)).toEqual([9, 9, 7]);
  expect(after.slice(0, 18)).toEqual(before.slice(0, 18));
  const names = (boxes: Box[]) => boxes.map(({ name }) => name);
  expect(names(after).slice(0, 23)).toEqual(names(before).slice(0, 23));
  expect(names(after).at(-1)).toBe('Alice');
  expect(await stageFlaws(page)).toEqual([]);
  expect([...new Set(after.map(({ width, height }) => `${width}×${height}`))]).toHaveLength(1);
  expect(await overflowing(page)).toEqual([]);

  for (const speaker of [3, 18]) {
    await guests.speak(speaker, true);
    const mark = callRegion(page).locator('li:has([data-speaking])');
    await expect(participant(page, guestNames[speaker] ?? '').locator('[data-speaking]')).toBeVisible();
    await expect(mark).toHaveCount(1);
    expect(await tiles(page), 'everyone is in sight: a speaker moves no tile').toEqual(after);
    await guests.speak(speaker, false);
    await expect(mark).toHaveCount(0);
  }

  // On a phone not all fit: a speaker comes to the first page, Alice stays on it, the others are on the next.
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(callRegion(page).getByRole('group', { name: 'Pages' })).toBeVisible();
  const onPage = async () => placedOnly(await tiles(page));
  const silent = await onPage();
  const speaker = guestNames.find((name) => !names(silent).includes(name)) ?? '';
  await guests.speak(guestNames.indexOf(speaker), true);
  await expect.poll(async () => names(await onPage())).toContain(speaker);
  const heard = await onPage();
  const moved = heard.filter(({ name }, index) => name !== silent[index]?.name);
  expect(names(moved), 'the speaker takes one place and no other tile moves').toEqual([speaker]);
  expect(heard.map(withoutName)).toEqual(silent.map(withoutName));
  expect(names(heard).at(-1)).toBe('Alice');
  expect(await overflowing(page)).toEqual([]);
  expect(await stageFlaws(page)).toEqual([]);
  await callRegion(page).getByRole('button', { name: 'Next page' }).click();
  await expect
    .poll(async () => names(await onPage()).some((name) => names(heard).includes(name)))
    .toBe(false);
  expect(await stageFlaws(page)).toEqual([]);

  await page.setViewportSize({ width: 1280, height: 800 });
  await disconnect(page).click();
  await expect(callRegion(page)).toBeHidden();
  await guests.close();
});
