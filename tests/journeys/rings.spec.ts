import type { Page } from '@playwright/test';
import { callFromHeader, expectNoCall, expectTalking, openDirect, talk } from '../support/calling';
import { expect, test } from '../support/journey';
import {
  accept,
  callControl,
  callRegion,
  decline,
  disconnect,
  headerCall,
  incomingWindow,
  openConversation,
} from '../support/screens';

declare global {
  interface Window {
    layoutShifts?: () => number;
  }
}

/** Adds up every layout shift of the page from here on, also those right after an input. */
const watchShifts = (page: Page) =>
  page.evaluate(() => {
    let sum = 0;
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if ('value' in entry) sum += Number(entry.value);
    });
    observer.observe({ type: 'layout-shift' });
    window.layoutShifts = () => sum;
  });
const shifted = (page: Page) => page.evaluate(() => window.layoutShifts?.() ?? Number.NaN);
/** Two frames: what has been drawn has been counted. */
const drawn = (page: Page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

const boxOf = async (locator: ReturnType<typeof incomingWindow>) => {
  const box = await locator.boundingBox();
  if (!box) throw new Error('it has no box');
  return box;
};

test('nothing moves when a call arrives, in its conversation and beside it', async ({ person }) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  for (const where of ['Alice', 'Weekend trip']) {
    await openDirect(bob, alice);
    await openConversation(bob.page, where);
    await drawn(bob.page);
    await watchShifts(bob.page);
    await openDirect(alice, bob);
    await headerCall(alice.page).click();
    await expect(incomingWindow(bob.page, 'Alice')).toBeVisible();
    if (where === 'Alice')
      await expect(bob.page.getByRole('log').getByText('Alice is calling…')).toBeVisible();
    await drawn(bob.page);
    expect(await shifted(bob.page), where).toBe(0);
    await decline(bob.page, 'Alice').click();
    await expectNoCall(alice);
  }
});

test('two rings share one place over the main pane, the top one says who calls, too, and one Accept is seen', async ({
  person,
}) => {
  const [alice, bob, carol] = [await person('alice'), await person('bob'), await person('carol')];
  await openDirect(alice, bob);
  await callFromHeader(bob, alice);
  await callFromHeader(carol, alice);
  const { page } = alice;
  const [bobs, carols] = [incomingWindow(page, 'Bob'), incomingWindow(page, 'Carol')];
  await expect(bobs.getByText('Carol is calling, too')).toBeVisible();
  await expect(page.getByRole('main').getByRole('button', { name: 'Bob is calling…' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Join call' })).toHaveCount(0);

  const [window, main] = [await boxOf(bobs), await boxOf(page.getByRole('main'))];
  expect(Math.abs(window.x + window.width / 2 - (main.x + main.width / 2))).toBeLessThan(2);
  expect(Math.round(window.y)).toBe(76);

  await bobs.getByRole('button', { name: 'Show Carol' }).click();
  await expect(carols.getByText('Bob is calling, too')).toBeVisible();
  await decline(page, 'Carol').click();
  await expect(carols).toBeHidden();
  await expect(bobs.getByText(/calling, too/)).toBeHidden();
  await accept(page, 'Bob').click();
  await expectTalking(alice, bob);
  await disconnect(alice.page).click();
  await expectNoCall(alice, bob, carol);
});

test('on a phone a ring during a call is a banner under the header, and the call can be muted and left', async ({
  person,
}) => {
  const alice = await person('alice', { viewport: { width: 390, height: 844 } });
  const [bob, carol] = [await person('bob'), await person('carol')];
  await talk(bob, alice);
  await openDirect(carol, alice);
  await headerCall(carol.page).click();
  const banner = incomingWindow(alice.page, 'Carol');
  await expect(banner).toBeVisible();
  const box = await boxOf(banner);
  expect(box.y).toBeGreaterThanOrEqual(60);
  expect(Math.round(box.height)).toBe(96);
  const microphone = callControl(alice.page, 'Microphone');
  await microphone.click();
  await expect(microphone).toHaveAttribute('aria-pressed', 'false');
  await callRegion(alice.page).getByRole('button', { name: 'Leave' }).click();
  await expectNoCall(bob);
  await decline(alice.page, 'Carol').click();
  await expectNoCall(carol);
});
