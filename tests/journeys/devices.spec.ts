import type { Locator } from '@playwright/test';
import { callFromHeader, expectNoCall, expectTalking, openDirect, talk } from '../support/calling';
import { askingArgs } from '../support/chromium';
import { expect, test } from '../support/journey';
import type { Person } from '../support/people';
import { givePlugs } from '../support/plugs';
import {
  accept,
  callControl,
  callControls,
  callPhase,
  callRegion,
  decline,
  disconnect,
  headerCall,
  incomingWindow,
  openSettings,
} from '../support/screens';

/** What the page has asked the browser for, every time it wanted a microphone. */
const noteRequests = (person: Person) =>
  person.page.evaluate(() => {
    const asked: MediaTrackConstraints[] = [];
    const devices = navigator.mediaDevices;
    const original = devices.getUserMedia.bind(devices);
    devices.getUserMedia = (constraints = {}) => {
      if (typeof constraints.audio === 'object') asked.push(constraints.audio);
      return original(constraints);
    };
    Object.assign(window, { askedFor: asked });
  });
const lastRequest = (person: Person): Promise<MediaTrackConstraints> =>
  person.page.evaluate(() => Reflect.get(window, 'askedFor').at(-1));

/** The level moves, the test is heard, the own picture comes. */
async function expectDeviceCheck({ page }: Person, place: Locator) {
  const meter = place.getByRole('meter', { name: 'Microphone level' });
  await expect.poll(async () => Number(await meter.getAttribute('aria-valuenow'))).toBeGreaterThan(30);
  const notes = () => page.evaluate(() => window.parleyVoice?.notes.length ?? 0);
  const before = await notes();
  await place.getByRole('button', { name: 'Play a test' }).click();
  await expect.poll(notes).toBeGreaterThan(before);
  await place.getByRole('button', { name: 'Show preview' }).click();
  const picture = place.getByLabel('Camera preview');
  await expect.poll(() => picture.evaluate((video: HTMLVideoElement) => video.videoWidth)).toBeGreaterThan(0);
}

test('Settings show a live microphone level, and the speaker test is heard', async ({ person }) => {
  const alice = await person('alice');
  const main = await openSettings(alice.page);
  const meter = main.getByRole('meter', { name: 'Microphone level' });
  await expect(meter).toHaveAttribute('aria-valuenow', '0');
  await main.getByRole('button', { name: 'Try it' }).click();
  await expect.poll(async () => Number(await meter.getAttribute('aria-valuenow'))).toBeGreaterThan(30);
  await main.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(meter).toHaveAttribute('aria-valuenow', '0');

  const notes = () => alice.page.evaluate(() => window.parleyVoice?.notes.length ?? 0);
  const before = await notes();
  await main.getByRole('button', { name: 'Play a test' }).click();
  await expect.poll(notes).toBeGreaterThan(before);
});

test('Settings show a blocked microphone in words, not by a meter that stands still', async ({ person }) => {
  const carol = await person('carol', { browserArgs: askingArgs, context: { permissions: [] } });
  const main = await openSettings(carol.page);
  await main.getByRole('button', { name: 'Try it' }).click();
  await expect(main.getByText('Your microphone is blocked.')).toBeVisible();
});

test('ringtone, volume and voice switches are kept on this device and used by the next call', async ({
  person,
}) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  const main = await openSettings(bob.page);
  await main.getByRole('combobox', { name: 'Ringtone' }).click();
  await bob.page.getByRole('option', { name: 'Sparrow' }).click();
  await main.getByRole('slider', { name: 'Ring volume' }).fill('35');
  await main.getByRole('switch', { name: 'Noise suppression' }).click();
  await main.getByRole('switch', { name: 'Echo cancellation' }).click();
  await bob.page.reload();
  await expect(main.getByRole('combobox', { name: 'Ringtone' })).toContainText('Sparrow');
  await expect(main.getByRole('slider', { name: 'Ring volume' })).toHaveValue('35');
  await expect(main.getByRole('switch', { name: 'Noise suppression' })).not.toBeChecked();

  await noteRequests(bob);
  await callFromHeader(alice, bob);
  await expect.poll(() => bob.page.evaluate(() => window.parleyVoice?.pitches ?? [])).toContain(2093);
  await accept(bob.page, 'Alice').click();
  await expectTalking(alice, bob);
  expect(await lastRequest(bob)).toMatchObject({ noiseSuppression: false, echoCancellation: false });
  await disconnect(alice.page).click();
  await expectNoCall(alice, bob);
});

test('in a call: device menu with level and test, volume of each person, talking while muted is noticed', async ({
  person,
}) => {
  const [carol, bob] = [await person('carol'), await person('bob')];
  await talk(carol, bob);

  await callControl(bob.page, 'Devices').click();
  const menu = bob.page.getByRole('dialog', { name: 'Devices' });
  for (const name of ['Microphone', 'Speaker', 'Camera']) {
    await expect(menu.getByRole('combobox', { name, exact: true })).toBeVisible();
  }
  const meter = menu.getByRole('meter', { name: 'Microphone level' });
  await expect.poll(async () => Number(await meter.getAttribute('aria-valuenow'))).toBeGreaterThan(30);
  const notes = () => bob.page.evaluate(() => window.parleyVoice?.notes.length ?? 0);
  const before = await notes();
  await menu.getByRole('button', { name: 'Play a test' }).click();
  await expect.poll(notes).toBeGreaterThan(before);
  const choice = menu.getByRole('combobox', { name: 'Microphone', exact: true });
  await choice.selectOption(await choice.getByRole('option').nth(1).getAttribute('value'));
  await carol.hears(bob);
  await bob.page.keyboard.press('Escape');

  await bob.page.getByRole('button', { name: 'People and volume' }).click();
  const volume = bob.page.getByRole('slider', { name: 'Volume of Carol' });
  await volume.fill('20');
  const loudness = () =>
    bob.page.locator('audio[data-call-audio]').evaluate((element) => (element as HTMLAudioElement).volume);
  await expect.poll(loudness).toBeCloseTo(0.2);
  await volume.fill('100');
  await expect.poll(loudness).toBe(1);
  await bob.page.keyboard.press('Escape');

  await callControl(bob.page, 'Microphone').click();
  await expect(callControl(bob.page, 'Microphone')).toHaveAttribute('aria-pressed', 'false');
  await carol.hearsNothing();
  const notice = callRegion(bob.page).getByRole('status').filter({ hasText: 'You are muted.' });
  await expect(notice).toBeVisible();
  await notice.getByRole('button', { name: 'Unmute' }).click();
  await carol.hears(bob);
  await expect(notice).toBeHidden();
  await disconnect(carol.page).click();
  await expectNoCall(carol, bob);
});

test('Check devices before a call: level, speaker test and own camera, and everything is let go with it', async ({
  person,
}) => {
  const carol = await person('carol');
  await openDirect(carol, { name: 'bob' });
  const { inUse } = await givePlugs(carol.page, {
    audioinput: ['Desk microphone', 'Headset'],
    videoinput: ['Desk camera'],
  });
  expect(await inUse()).toEqual([]);
  await carol.page.getByRole('button', { name: 'More', exact: true }).click();
  await carol.page.getByRole('menuitem', { name: 'Check devices' }).click();
  const dialog = carol.page.getByRole('dialog', { name: 'Check devices' });
  await expectDeviceCheck(carol, dialog);
  await expect.poll(inUse).toEqual(['Desk microphone', 'Desk camera']);
  await dialog.getByRole('combobox', { name: 'Microphone', exact: true }).selectOption('Headset');
  await expect.poll(inUse).toEqual(['Desk camera', 'Headset']);
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect.poll(inUse).toEqual([]);
});

test('on a phone the Start call sheet checks devices, and lets them go when it is folded or closed', async ({
  person,
}) => {
  const dave = await person('dave', { viewport: { width: 390, height: 844 } });
  await openDirect(dave, { name: 'carol' });
  const { inUse } = await givePlugs(dave.page, {
    audioinput: ['Phone microphone'],
    videoinput: ['Front camera'],
  });
  await headerCall(dave.page).click();
  const sheet = dave.page.getByRole('dialog', { name: 'Start call' });
  expect(await inUse()).toEqual([]);
  const check = sheet.getByRole('button', { name: 'Check devices' });
  await check.click();
  await expectDeviceCheck(dave, sheet);
  await expect.poll(inUse).toEqual(['Phone microphone', 'Front camera']);
  await check.click();
  await expect(sheet.getByRole('meter')).toBeHidden();
  await expect.poll(inUse).toEqual([]);
  await check.click();
  await expect.poll(inUse).toEqual(['Phone microphone']);
  await sheet.getByRole('button', { name: 'Cancel' }).click();
  await expect.poll(inUse).toEqual([]);
});

test('during a call another ring is one soft tone, not a ringtone', async ({ person }) => {
  const [alice, bob, carol] = [await person('alice'), await person('bob'), await person('carol')];
  await talk(alice, bob);
  const struck = await bob.page.evaluate(() => window.parleyVoice?.notes.length ?? 0);
  await openDirect(carol, bob);
  await headerCall(carol.page).click();
  await expect(incomingWindow(bob.page, 'Carol')).toBeVisible();
  await expect(callControls(bob.page)).toBeVisible();
  await expect(callPhase(carol.page, 'outgoing')).toBeVisible();
  await expect
    .poll(() => bob.page.evaluate(() => (window.parleyVoice?.pitches ?? []).slice(-2)))
    .toEqual([784, 1046.5]);
  expect((await bob.page.evaluate(() => window.parleyVoice?.notes.length ?? 0)) - struck).toBe(2);
  await decline(bob.page, 'Carol').click();
  await disconnect(alice.page).click();
  await expectNoCall(alice, bob, carol);
});
