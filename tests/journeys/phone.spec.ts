import type { Locator, Page } from '@playwright/test';
import { expectNoCall, expectTalking, openDirect } from '../support/calling';
import { listJoinCall } from '../support/groups';
import { expect, test } from '../support/journey';
import type { PersonOptions } from '../support/people';
import {
  accept,
  callControl,
  callControls,
  callPhase,
  callRegion,
  composer,
  conversations,
  disconnect,
  headerCall,
  incomingWindow,
  members,
  openConversation,
  participant,
  profile,
} from '../support/screens';

const phone: PersonOptions = {
  viewport: { width: 390, height: 844 },
  context: { isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
};

const tabBar = (page: Page) => page.getByRole('navigation', { name: 'Parley' }).filter({ visible: true });
const back = (page: Page) => page.getByRole('link', { name: 'Back' });
const sheet = (page: Page, name: string) => page.getByRole('dialog', { name, exact: true });
const leaveButton = (page: Page) => callControl(page, 'Leave');

/** Nothing to touch that is smaller than a finger, what reaches beyond its own box counted in. */
async function expectFingerSized(page: Page): Promise<void> {
  const small = await page.evaluate(() =>
    [
      ...document.querySelectorAll<HTMLElement>('button, a[href], [role="button"], input, select, textarea'),
    ].flatMap((element) => {
      const { width, height } = element.getBoundingClientRect();
      if (width === 0 || height === 0 || !element.checkVisibility({ visibilityProperty: true })) return [];
      // Inside words, or standing for a whole row that is the real target.
      const isInText = element.closest('p') !== null;
      const after = getComputedStyle(element, '::after');
      const reach = (side: string) => (after.position === 'absolute' ? Number.parseFloat(side) || 0 : 0);
      const isSmall =
        Math.max(height, reach(after.height)) < 43.5 || Math.max(width, reach(after.width)) < 43.5;
      return isSmall && !isInText && element.tabIndex >= 0
        ? [
            `${element.getAttribute('aria-label') ?? element.textContent} ${Math.round(width)}×${Math.round(height)}`,
          ]
        : [];
    }),
  );
  expect(small).toEqual([]);
}

async function expectNoSideways(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(
    page.viewportSize()?.width ?? 0,
  );
}

/** Where a sheet begins, how wide it is, and where it ends. */
async function placeOf(sheetOf: Locator) {
  const box = await sheetOf.boundingBox();
  return [box?.x, box?.width, Math.round((box?.y ?? 0) + (box?.height ?? 0))];
}

test('a phone shows one pane at a time, with a way back and a tab bar', async ({ person }) => {
  const { page } = await person('alice', phone);
  await expect(conversations(page)).toBeVisible();
  await expect(composer(page)).toBeHidden();
  await expect(tabBar(page).getByRole('link')).toHaveCount(3);
  await expectFingerSized(page);
  await openConversation(page, 'Bob');
  await expect(conversations(page)).toBeHidden();
  await expect(composer(page)).toBeVisible();
  await expectFingerSized(page);
  await page.getByRole('button', { name: 'Members' }).click();
  await expect(members(page)).toBeVisible();
  await members(page).getByRole('button', { name: 'Bob' }).click();
  await expect(profile(page, 'Bob')).toBeVisible();
  await expect.poll(() => placeOf(profile(page, 'Bob'))).toEqual([0, 390, 844]);
  await expectFingerSized(page);
  await page.keyboard.press('Escape');
  await expect(profile(page, 'Bob')).toBeHidden();
  await members(page).getByRole('button', { name: 'Back' }).click();
  await back(page).click();
  await expect(conversations(page)).toBeVisible();
  for (const [name, heading] of [
    ['Calls', 'Calls'],
    ['Settings', 'Settings'],
  ] as const) {
    await tabBar(page).getByRole('link', { name }).click();
    await expect(page.getByRole('heading', { name: heading, exact: true })).toBeVisible();
    await expect(conversations(page)).toBeHidden();
    await expectNoSideways(page);
    await expectFingerSized(page);
  }
  await tabBar(page).getByRole('link', { name: 'Messages' }).click();
  await expect(conversations(page)).toBeVisible();
  await conversations(page).getByRole('button', { name: 'New conversation' }).click();
  const everything = { x: 0, y: 0, width: 390, height: 844 };
  await expect.poll(() => sheet(page, 'New conversation').boundingBox()).toEqual(everything);
  await expectFingerSized(page);
  await sheet(page, 'New conversation').getByRole('button', { name: 'Close' }).click();
  await expect(sheet(page, 'New conversation')).toBeHidden();
});

test('between two phones: a sheet names the people, the call fills the screen, Leave ends it', async ({
  person,
}) => {
  const [alice, bob] = [await person('alice', phone), await person('bob', phone)];
  await openConversation(alice.page, 'Bob');
  await headerCall(alice.page).click();
  await expect(sheet(alice.page, 'Start call').getByRole('listitem')).toHaveCount(1);
  await expect(sheet(alice.page, 'Start call').getByRole('listitem')).toContainText('Bob');
  await expectFingerSized(alice.page);
  await sheet(alice.page, 'Start call').getByRole('button', { name: 'Cancel' }).click();
  await expect(sheet(alice.page, 'Start call')).toBeHidden();
  await expect(incomingWindow(bob.page, 'Alice')).toBeHidden();

  await headerCall(alice.page).click();
  await sheet(alice.page, 'Start call').getByRole('button', { name: 'Join call' }).click();
  await expect(callPhase(alice.page, 'outgoing')).toBeVisible();
  const window = incomingWindow(bob.page, 'Alice');
  await expect(window).toBeVisible();
  await expect.poll(() => window.boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 844 });
  await expectFingerSized(bob.page);
  await expectFingerSized(alice.page);

  await accept(bob.page, 'Alice').click();
  await expectTalking(alice, bob);
  for (const { page } of [alice, bob]) {
    await expect.poll(() => callRegion(page).boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 844 });
    await expect(callControls(page).getByRole('button', { name: 'Disconnect' })).toHaveCount(0);
    await expectFingerSized(page);
  }
  // Back to the messages, and into the call again, without leaving it.
  await bob.page.getByRole('button', { name: 'Back to the conversation' }).click();
  await expect(composer(bob.page)).toBeVisible();
  await back(bob.page).click();
  await expect(conversations(bob.page)).toBeVisible();
  await bob.hears(alice);
  // The call is in sight on every page.
  await expectFingerSized(bob.page);
  await tabBar(bob.page).getByRole('link', { name: 'Settings' }).click();
  await expect(callRegion(bob.page)).toBeVisible();
  await expectNoSideways(bob.page);
  await tabBar(bob.page).getByRole('link', { name: 'Messages' }).click();
  await openConversation(bob.page, 'general');
  await expect(callRegion(bob.page)).toBeVisible();
  await callRegion(bob.page).getByRole('button', { name: 'Back to the call' }).click();
  await expect(bob.page.getByRole('heading', { name: 'Alice', level: 1 })).toBeVisible();
  await back(bob.page).click();
  await conversations(bob.page).getByRole('link', { name: 'Alice' }).first().click();
  await expect(callRegion(bob.page)).toBeVisible();
  await leaveButton(bob.page).click();
  await expectNoCall(alice, bob);
});

test('on a phone Switch call? is a sheet at the foot, and the other call is joined', async ({ person }) => {
  const [carol, alice, bob] = [await person('carol', phone), await person('alice'), await person('bob')];
  await openDirect(alice, carol);
  await headerCall(alice.page).click();
  await accept(carol.page, 'Alice').click();
  await expectTalking(alice, carol);
  await openDirect(bob, carol);
  await headerCall(bob.page).click();
  await accept(carol.page, 'Bob').click();
  const question = sheet(carol.page, 'Switch call?');
  await expect(question).toContainText('Alice');
  await expect.poll(() => placeOf(question)).toEqual([0, 390, 844]);
  await expectFingerSized(carol.page);
  await question.getByRole('button', { name: 'Stay' }).click();
  await carol.hears(alice);
  await accept(carol.page, 'Bob').click();
  await question.getByRole('button', { name: 'Switch call' }).click();
  await expectTalking(bob, carol);
  await expectNoCall(alice);
  await expect
    .poll(() => callRegion(carol.page).boundingBox())
    .toEqual({ x: 0, y: 0, width: 390, height: 844 });

  // Starting another one asks as well, after the sheet that names who would ring.
  await carol.page.getByRole('button', { name: 'Back to the conversation' }).click();
  await back(carol.page).click();
  await openConversation(carol.page, 'Alice');
  // The running call lies under the header, far from Send.
  const gap = async () => {
    const header = await carol.page.locator('main > header').boundingBox();
    const bar = await callRegion(carol.page).boundingBox();
    return (bar?.y ?? 0) - (header?.y ?? 0) - (header?.height ?? 0);
  };
  await expect.poll(gap).toBe(8);
  await expectFingerSized(carol.page);
  await headerCall(carol.page).click();
  await sheet(carol.page, 'Start call').getByRole('button', { name: 'Join call' }).click();
  await question.getByRole('button', { name: 'Stay' }).click();
  await expect(question).toBeHidden();
  await expect(incomingWindow(alice.page, 'Carol')).toBeHidden();
  await carol.hears(bob);
  await callRegion(carol.page).getByRole('button', { name: 'Leave' }).click();
  await expectNoCall(bob, carol);
});

test('a phone joins a group’s call from the list, and sees everyone who is called', async ({ person }) => {
  const [bob, carol, alice] = [await person('bob', phone), await person('carol'), await person('alice')];
  await openConversation(carol.page, 'Weekend trip');
  await headerCall(carol.page).click();
  const window = incomingWindow(bob.page, 'Carol', 'Weekend trip');
  await expect(window).toContainText('Weekend trip');
  await window.getByRole('button', { name: 'Decline' }).click();
  await accept(alice.page, 'Carol', 'Weekend trip').click();
  await expectTalking(carol, alice);
  await listJoinCall(bob.page, 'Weekend trip').click();
  await bob.hears(carol);
  await bob.hears(alice);
  for (const name of ['Alice', 'Bob', 'Carol']) await expect(participant(bob.page, name)).toBeVisible();
  await leaveButton(bob.page).click();
  await expectTalking(carol, alice);
  await disconnect(alice.page).click();
  await expectNoCall(alice, bob, carol);
});

test('on a phone that is held sideways the call leaves its controls and the composer in sight', async ({
  person,
}) => {
  const [erin, carol] = [
    await person('erin', { viewport: { width: 800, height: 360 } }),
    await person('carol'),
  ];
  await openDirect(erin, carol);
  await headerCall(erin.page).click();
  const inSight = async () => {
    for (const part of [disconnect(erin.page), composer(erin.page)])
      await expect(part).toBeInViewport({ ratio: 1 });
  };
  await inSight();
  await accept(carol.page, 'Erin').click();
  await expectTalking(erin, carol);
  await inSight();
  await disconnect(erin.page).click();
  await expectNoCall(erin, carol);
});

test('the phone shakes with the ring and its screen stays on in a call', async ({ person }) => {
  const [dave, alice] = [await person('dave', phone), await person('alice')];
  await dave.page.addInitScript(() => {
    const log: string[] = [];
    Object.assign(globalThis, { phoneLog: log });
    const shake = (pattern: VibratePattern) => {
      const what = pattern === 0 ? 'still' : 'shakes';
      if (log.at(-1) !== what) log.push(what);
      return true;
    };
    Object.defineProperty(navigator, 'vibrate', { value: shake });
    const request = async () => {
      log.push('screen kept on');
      const lock = Object.assign(new EventTarget(), {
        released: false,
        release: async () => {
          log.push('screen may sleep');
          lock.dispatchEvent(new Event('release'));
        },
      });
      return lock;
    };
    Object.defineProperty(navigator, 'wakeLock', { value: { request } });
  });
  await dave.page.reload();
  await expect(conversations(dave.page)).toBeVisible();
  const log = () => dave.page.evaluate(() => Reflect.get(globalThis, 'phoneLog'));
  await openDirect(alice, dave);
  await headerCall(alice.page).click();
  await expect(incomingWindow(dave.page, 'Alice')).toBeVisible();
  await expect.poll(log).toEqual(['shakes']);
  await accept(dave.page, 'Alice').click();
  await expectTalking(alice, dave);
  await expect.poll(log).toEqual(['shakes', 'still', 'screen kept on']);
  await leaveButton(dave.page).click();
  await expectNoCall(alice, dave);
  await expect.poll(log).toEqual(['shakes', 'still', 'screen kept on', 'screen may sleep']);
});

test('it can be installed: a manifest that browsers accept, with icons that are there', async ({
  person,
}) => {
  const { page } = await person('alice', phone);
  const session = await page.context().newCDPSession(page);
  const { url, data, errors } = await session.send('Page.getAppManifest');
  expect(url).toContain('manifest');
  expect(errors).toEqual([]);
  const manifest = JSON.parse(data ?? '{}');
  expect(manifest).toMatchObject({ name: 'Parley', display: 'standalone', start_url: '/messages' });
  expect(manifest.shortcuts.map(({ name }: { name: string }) => name)).toEqual(['Calls', 'New conversation']);
  for (const icon of manifest.icons) {
    const answer = await page.request.get(new URL(icon.src, url).href);
    expect([icon.src, answer.status(), answer.headers()['content-type']]).toEqual([icon.src, 200, icon.type]);
  }
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
  await page.goto(new URL(manifest.shortcuts[1].url, url).href);
  await expect(page.getByRole('dialog', { name: 'New conversation' })).toBeVisible();
});

test('on a phone messages have no bin: a finger that rests on an own one opens a sheet', async ({
  person,
}) => {
  const alice = await person('alice', phone);
  const { page } = alice;
  await openDirect(alice, { name: 'bob' });
  const words = `Forget this ${Date.now()}`;
  await composer(page).fill(words);
  await page.getByRole('button', { name: 'Send' }).tap();
  const line = page.getByRole('main').getByRole('listitem').filter({ hasText: words });
  const bin = line.getByRole('button', { name: 'Delete message' });
  // The server has confirmed it.
  await expect(bin).toHaveCount(1);
  await expect(bin).toHaveCSS('opacity', '0');
  const box = await line.boundingBox();
  if (!box) throw new Error('the message is on the page');
  const touch = await page.context().newCDPSession(page);
  const point = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const start = () => touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [point] });
  const end = () => touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await start();
  await expect(sheet(page, 'Your message')).toBeVisible();
  await end();
  await expectFingerSized(page);
  await sheet(page, 'Your message').getByRole('button', { name: 'Delete message' }).tap();
  await sheet(page, 'Delete this message?').getByRole('button', { name: 'Delete', exact: true }).tap();
  await expect(line).toHaveCount(0);
  await expect(page.getByRole('main').getByText('Message deleted').last()).toBeVisible();
});
