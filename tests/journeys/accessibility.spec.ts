import type { Page } from '@playwright/test';
import { axeFlaws } from '../support/axe-flaws';
import { callFromHeader, openDirect } from '../support/calling';
import { expect, test } from '../support/journey';
import {
  callControl,
  callControls,
  callPhase,
  callRegion,
  callTimer,
  composer,
  conversations,
  headerCall,
  incomingWindow,
  members,
  openConversation,
  openProfile,
  participant,
} from '../support/screens';

type Stop = { name: string; isVisible: boolean };

/** What has the focus: its name as assistive technology gets it, nearly, and whether one can see the focus. */
const focused = (page: Page): Promise<Stop> =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return { name: '', isVisible: false };
    const labelled = element.getAttribute('aria-labelledby')?.split(' ') ?? [];
    const labels = 'labels' in element && element.labels instanceof NodeList ? [...element.labels] : [];
    const name = [
      element.getAttribute('aria-label'),
      ...labelled.map((id) => document.getElementById(id)?.textContent),
      ...labels.map((label) => label.textContent),
      element.textContent,
    ].find((words) => words?.trim());
    const drawn = (style: CSSStyleDeclaration) =>
      (style.outlineStyle !== 'none' && style.outlineWidth !== '0px') || style.boxShadow !== 'none';
    const places = [element, element.parentElement ?? element].map((place) => getComputedStyle(place));
    const isVisible = [...places, getComputedStyle(element, '::after')].some(drawn);
    return { name: name?.trim() ?? '', isVisible };
  });

/** Presses Tab again and again: every stop has a name and shows that it has the focus. */
async function walk(page: Page, until: string, most = 60): Promise<string[]> {
  const names: string[] = [];
  while (names.length < most) {
    await page.keyboard.press('Tab');
    const stop = await focused(page);
    expect(stop, `stop ${names.length + 1}, after ${names.at(-1) ?? 'the start'}`).toEqual({
      name: expect.stringMatching(/\S/),
      isVisible: true,
    });
    names.push(stop.name);
    if (stop.name === until) return names;
  }
  throw new Error(`Tab never came to ${until}, only to ${names.join(' · ')}`);
}

test('the sign-in is filled in with Tab alone, and leads to the registration', async ({ app, page }) => {
  await page.goto(`${app.url}/login`);
  await page.getByRole('textbox', { name: 'Username', exact: true }).focus();
  expect(await walk(page, 'Sign in')).toEqual(['Password', 'Sign in']);
  await page.getByRole('link', { name: 'Create an account' }).click();
  await expect(page.getByRole('textbox', { name: 'Username', exact: true })).toBeVisible();
  await expect(page.getByLabel('Password', { exact: true })).toBeVisible();
});

test('Tab goes from the places over the conversations to the header and the composer', async ({ person }) => {
  const { page } = await person('alice');
  await openConversation(page, 'Weekend trip');
  await expect(members(page)).toBeVisible();
  // Opening a conversation moves the focus, too.
  await expect(composer(page)).toBeFocused();
  await page.getByRole('navigation', { name: 'Parley' }).getByRole('link', { name: 'Messages' }).focus();
  const names = await walk(page, 'Message');
  const order = [
    'New conversation',
    'general',
    'Weekend trip',
    'Call',
    'Members',
    'More',
    'Messages',
    'Message',
  ];
  const found = order.map((name) =>
    names.findLastIndex((stop) => stop === name || stop.startsWith(`${name},`)),
  );
  expect(found, names.join(' · ')).not.toContain(-1);
  expect(found, names.join(' · ')).toEqual([...found].sort((a, b) => a - b));
});

/** Controls whose name does not contain the words that they show: people who speak to their computer say those. */
const namesBesideWords = (page: Page) =>
  page.evaluate(() => {
    const flat = (text: string) =>
      text
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]+/gu, ' ')
        .trim();
    const shownIn = (control: Element): string => {
      const texts = document.createTreeWalker(control, NodeFilter.SHOW_TEXT);
      const words: string[] = [];
      while (texts.nextNode()) {
        const parent = texts.currentNode.parentElement;
        if (parent?.checkVisibility() && !parent.closest('[aria-hidden="true"]'))
          words.push(texts.currentNode.textContent ?? '');
      }
      return flat(words.join(' '));
    };
    return [...document.querySelectorAll('a[aria-label], button[aria-label]')].flatMap((control) => {
      const [name, shown] = [flat(control.getAttribute('aria-label') ?? ''), shownIn(control)];
      return name.includes(shown) ? [] : [`${shown} is called ${name}`];
    });
  });

test('the name of a control contains the words that it shows', async ({ app, person }) => {
  const phone = await person('dave', { viewport: { width: 390, height: 844 } });
  const { page } = await person('bob');
  await openConversation(page, 'Weekend trip');
  await expect(members(page)).toBeVisible();
  expect(await namesBesideWords(page)).toEqual([]);
  expect(await namesBesideWords(phone.page)).toEqual([]);
  await openDirect(phone, await person('carol'));
  await headerCall(phone.page).click();
  await phone.page
    .getByRole('dialog', { name: 'Start call' })
    .getByRole('button', { name: 'Join call' })
    .click();
  await expect(callControl(phone.page, 'Microphone')).toBeVisible();
  expect(await namesBesideWords(phone.page)).toEqual([]);
  await callControl(phone.page, 'Leave').click();
  for (const place of ['calls', 'settings']) {
    await page.goto(`${app.url}/${place}`);
    expect(await namesBesideWords(page), place).toEqual([]);
  }
});

/** The outline of what has the focus: how thick, how far off, and how round; empty where there is none. */
const ringOfFocused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return '';
    const { outlineStyle, outlineWidth, outlineOffset, borderRadius } = getComputedStyle(element);
    if (outlineStyle === 'none' || outlineWidth === '0px') return '';
    return `${outlineWidth} ${outlineOffset} ${borderRadius === '0px' ? 'square' : 'round'}`;
  });

/** Pages beside the conversations, and what is there once they are. */
const pages = [
  ['settings', (page: Page) => page.getByRole('slider', { name: 'Ring volume' })],
  ['calls', (page: Page) => page.getByRole('heading', { name: 'Calls', level: 1 })],
] as const;

test('focus rings are 2 px thick, 2 px off, and follow the shape of the control', async ({ app, person }) => {
  const { page } = await person('alice');
  const found: string[] = [];
  for (const [place, isThere] of pages) {
    await page.goto(`${app.url}/${place}`);
    await expect(isThere(page)).toBeVisible();
    let rings = 0;
    for (let stop = 0; stop < 45; stop += 1) {
      await page.keyboard.press('Tab');
      const ring = await ringOfFocused(page);
      if (ring !== '') rings += 1;
      if (ring !== '' && ring !== '2px 2px round')
        found.push(`${place}, ${(await focused(page)).name}: ${ring}`);
    }
    expect(rings).toBeGreaterThan(5);
  }
  expect([...new Set(found)]).toEqual([]);
});

for (const viewport of [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
]) {
  test(`axe finds nothing serious on the pages of ${viewport.width} × ${viewport.height}`, async ({
    app,
    person,
  }) => {
    const { page } = await person('alice', { viewport });
    const found: string[] = [];
    const look = async (place: string) => {
      for (const colorScheme of ['dark', 'light'] as const) {
        await page.emulateMedia({ colorScheme });
        await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
        found.push(...(await axeFlaws(page)).map((flaw) => `${place}, ${colorScheme}: ${flaw}`));
      }
    };
    await expect(conversations(page).getByRole('link').first()).toBeVisible();
    await look('conversations');
    await openConversation(page, 'Weekend trip');
    await expect(composer(page)).toBeVisible();
    await look('a group');
    for (const [place, isThere] of pages) {
      await page.goto(`${app.url}/${place}`);
      await expect(isThere(page)).toBeVisible();
      await look(place);
    }
    expect(found).toEqual([]);
  });
}

test('a conversation says what everything in it is', async ({ person }) => {
  const { page } = await person('bob');
  await openConversation(page, 'Weekend trip');
  await expect(conversations(page).getByRole('link', { name: 'Weekend trip' })).toHaveAttribute(
    'aria-current',
    'page',
  );
  await expect(headerCall(page)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Members', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await expect(page.getByRole('log', { name: 'Messages' })).toBeVisible();
  await expect(composer(page)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send', exact: true })).toBeVisible();

  const more = page.getByRole('button', { name: 'More', exact: true });
  await more.click();
  await expect(page.getByRole('menu')).toContainText('Mute calls');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toBeHidden();
  await expect(more).toBeFocused();
});

test('profile and new conversation are dialogs that Escape closes, giving the focus back', async ({
  person,
}) => {
  const { page } = await person('bob');
  await openConversation(page, 'general');
  const carol = members(page).getByRole('button', { name: 'Carol' }).first();
  const profile = await openProfile(page, 'Carol');
  for (const name of ['Call', 'Message', 'Block'])
    await expect(profile.getByRole('button', { name, exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(profile).toBeHidden();
  await expect(carol).toBeFocused();

  const start = page.getByRole('button', { name: 'New conversation', exact: true });
  await start.click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('checkbox', { name: 'Carol' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(start).toBeFocused();
});

test('Settings name every control', async ({ app, person }) => {
  const { page } = await person('carol');
  await page.goto(`${app.url}/settings`);
  for (const name of ['Who can message me', 'Who can call me', 'Ringtone', 'Microphone', 'Speaker', 'Camera'])
    await expect(page.getByRole('combobox', { name, exact: true })).toBeVisible();
  await expect(page.getByRole('switch', { name: 'Do not disturb' })).toBeVisible();
  await expect(page.getByRole('slider', { name: 'Ring volume' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Sign out', exact: true })).toBeVisible();
  await page.getByRole('combobox', { name: 'Who can message me' }).focus();
  await walk(page, 'Sign out');
});

test('a ring takes no focus and no Escape; keys accept, mute and leave', async ({ person }) => {
  const [dave, carol] = [await person('dave'), await person('carol')];
  await openConversation(carol.page, 'general');
  await composer(carol.page).fill('still typing');
  await callFromHeader(dave, carol);
  const ring = incomingWindow(carol.page, 'Dave');
  await expect(ring.getByRole('button', { name: 'Accept', exact: true })).toBeVisible();
  await expect(ring.getByRole('button', { name: 'Decline', exact: true })).toBeVisible();
  await expect(composer(carol.page)).toBeFocused();
  await carol.page.keyboard.press('Escape');
  await expect(ring).toBeVisible();
  await expect(callPhase(dave.page, 'outgoing')).toBeVisible();

  await carol.page.keyboard.press('Control+Shift+KeyS');
  await expect(callPhase(dave.page, 'connected')).toBeVisible();
  await openDirect(carol, dave);
  await expect(callPhase(carol.page, 'connected')).toHaveAttribute('data-call-kind', 'direct');
  await expect(callTimer(carol.page)).toBeVisible();
  for (const name of ['Dave', 'Carol']) await expect(participant(carol.page, name)).toBeVisible();
  for (const name of ['Camera', 'Share screen'])
    await expect(callControl(carol.page, name)).toHaveAttribute('aria-pressed', 'false');
  await expect(callControl(carol.page, 'Disconnect')).toBeVisible();

  const microphone = callControl(carol.page, 'Microphone');
  await expect(microphone).toHaveAttribute('aria-pressed', 'true');
  await carol.page.keyboard.press('Control+Shift+KeyM');
  await expect(microphone).toHaveAttribute('aria-pressed', 'false');

  const devices = callControls(carol.page).getByRole('button', { name: 'Devices', exact: true });
  await devices.click();
  const menu = carol.page.getByRole('dialog', { name: 'Devices' });
  for (const name of ['Microphone', 'Speaker', 'Camera'])
    await expect(menu.getByRole('combobox', { name, exact: true })).toBeVisible();
  await carol.page.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await expect(devices).toBeFocused();
  await expect(callPhase(carol.page, 'connected')).toBeVisible();

  await carol.page.keyboard.press('Control+Shift+KeyH');
  await expect(callRegion(carol.page)).toBeHidden();
  await expect(callRegion(dave.page)).toBeHidden();
});

test('a ring during an open dialog is found, one key away and clickable; an app’s colour counts', async ({
  person,
}) => {
  const [bob, carol] = [await person('bob'), await person('carol')];
  await openConversation(carol.page, 'general');
  await carol.page.getByRole('button', { name: 'New conversation', exact: true }).click();
  const dialog = carol.page.getByRole('dialog', { name: 'New conversation' });
  const typing = dialog.getByRole('textbox').or(dialog.getByRole('searchbox')).first();
  await typing.fill('Da');
  await callFromHeader(bob, carol);
  await expect(typing).toBeFocused();

  const ring = incomingWindow(carol.page, 'Bob');
  const button = (name: string) => ring.getByRole('button', { name, exact: true });
  await carol.page.keyboard.press('F6');
  await expect(button('Accept')).toBeFocused();
  await carol.page.keyboard.press('Shift+Tab');
  await expect(button('Decline')).toBeFocused();
  await carol.page.keyboard.press('F6');
  await expect(typing).toBeFocused();

  await carol.page.evaluate(() => {
    document.documentElement.style.setProperty('--call-accept', 'rgb(1, 2, 3)');
  });
  await expect(button('Accept')).toHaveCSS('background-color', 'rgb(1, 2, 3)');

  await button('Decline').click();
  await expect(ring).toBeHidden();
  await expect(dialog).toBeVisible();
  await expect(callRegion(bob.page)).toBeHidden();
});

test('nothing moves when a call arrives, and nothing when it is answered', async ({ person }) => {
  const [dave, bob] = [await person('dave'), await person('bob')];
  await openDirect(bob, dave);
  const bottomOf = async (page: Page) => (await composer(page).boundingBox())?.y;
  const heightOf = async (page: Page) => (await callRegion(page).boundingBox())?.height;
  const before = await bottomOf(bob.page);
  await callFromHeader(dave, bob);
  expect(await bottomOf(bob.page)).toBe(before);
  expect(await heightOf(dave.page)).toBe(288);
  await incomingWindow(bob.page, 'Dave').getByRole('button', { name: 'Accept', exact: true }).click();
  for (const { page } of [dave, bob]) {
    await expect(callPhase(page, 'connected')).toBeVisible();
    expect(await heightOf(page)).toBe(288);
  }
  expect(await bottomOf(bob.page)).toBe(before);
  await callControl(dave.page, 'Disconnect').click();
  await expect(callRegion(bob.page)).toBeHidden();
});
