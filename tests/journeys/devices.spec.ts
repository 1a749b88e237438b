import { expectNoCall, openDirect, talk } from '../support/calling';
import { askingArgs } from '../support/chromium';
import { expect, test } from '../support/journey';
import type { Person } from '../support/people';
import {
  callControl,
  callControls,
  callPhase,
  callRegion,
  decline,
  disconnect,
  headerCall,
  incomingWindow,
} from '../support/screens';

const settingsOf = async ({ page }: Person) => {
  await page.getByRole('link', { name: 'Settings', exact: true }).first().click();
  await expect(page.getByRole('heading', { name: 'Settings', exact: true })).toBeVisible();
  return page.getByRole('main');
};

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

test('Settings show a live microphone level, and the speaker test is heard', async ({ person }) => {
  const alice = await person('alice');
  const main = await settingsOf(alice);
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

test('a blocked microphone is told in Settings in words, not by a meter that stands still', async ({
  person,
}) => {
  const carol = await person('carol', { browserArgs: askingArgs, context: { permissions: [] } });
  const main = await settingsOf(carol);
  await main.getByRole('button', { name: 'Try it' }).click();
  await expect(main.getByText('Your microphone is blocked or missing.')).toBeVisible();
});

test('ringtone, volume and voice switches are kept on this device and used by the next call', async ({
  person,
}) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  const main = await settingsOf(bob);
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
  await talk(alice, bob);
  expect(await bob.page.evaluate(() => window.parleyVoice?.pitches ?? [])).toContain(2093);
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
  const [, other] = await choice.getByRole('option').all();
  await choice.selectOption(await (other ?? choice).getAttribute('value'));
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

test('a microphone unplugged mid-call is told in words: another takes its place, or one click tries again', async ({
  person,
}) => {
  const [dave, bob] = [await person('dave'), await person('bob')];
  await talk(dave, bob);
  const banner = callRegion(bob.page).getByRole('status');
  const unplug = () =>
    bob.page.evaluate(() => {
      window.parleyVoice?.unplugMicrophone();
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    });
  const hasMicrophone = (hasOne: boolean) =>
    bob.page.evaluate((isThere) => {
      const devices = navigator.mediaDevices;
      const original = Reflect.get(devices, 'withMicrophone') ?? devices.getUserMedia;
      const refuse = async () => {
        throw new DOMException('no microphone', 'NotFoundError');
      };
      Object.assign(devices, { withMicrophone: original, getUserMedia: isThere ? original : refuse });
    }, hasOne);

  await unplug();
  await expect(
    banner.filter({ hasText: 'Your microphone was unplugged. You are using another one now.' }),
  ).toBeVisible();
  await dave.hears(bob);

  await hasMicrophone(false);
  await unplug();
  const lost = banner.filter({ hasText: /Your microphone was unplugged\.(?! You)/ });
  await expect(lost).toBeVisible();
  await expect(callControl(bob.page, 'Microphone')).toHaveAttribute('aria-pressed', 'false');
  await dave.hearsNothing();
  await hasMicrophone(true);
  await lost.getByRole('button', { name: 'Use another' }).click();
  await dave.hears(bob);
  await expect(lost).toBeHidden();
  await disconnect(dave.page).click();
  await expectNoCall(dave, bob);
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
