import type { Page } from '@playwright/test';
import { callFromHeader, expectNoCall, expectTalking, talk } from '../support/calling';
import { chooseMore, makeGroup } from '../support/groups';
import { expect, test } from '../support/journey';
import {
  accept,
  callControl,
  callPhase,
  callRegion,
  composer,
  decline,
  disconnect,
  headerCall,
  incomingWindow,
  openConversation,
  openSettings,
  participant,
} from '../support/screens';

declare global {
  interface Window {
    /** What Web Audio plays to the speaker. */
    parleyOutput?: { loudness(): number; sinkIds(): string[] };
  }
}

/** Runs inside the page, so it must use nothing from outside itself: listens to what leaves each audio context. */
function listenToOutput() {
  const ears = new Map<BaseAudioContext, AnalyserNode>();
  const connect = AudioNode.prototype.connect as (to: AudioNode | AudioParam) => AudioNode;
  AudioNode.prototype.connect = function connected(this: AudioNode, ...given: [AudioNode]) {
    const [to] = given;
    if (to instanceof AudioDestinationNode) {
      const ear = ears.get(this.context) ?? new AnalyserNode(this.context, { fftSize: 8192 });
      ears.set(this.context, ear);
      connect.call(this, ear);
    }
    return Reflect.apply(connect, this, given);
  } as typeof AudioNode.prototype.connect;
  window.parleyOutput = {
    sinkIds: () => [...ears.keys()].map((context) => String(Reflect.get(context, 'sinkId') ?? '')),
    loudness: () => {
      const levels = [...ears.values()].map((ear) => {
        const samples = new Float32Array(ear.fftSize);
        ear.getFloatTimeDomainData(samples);
        return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
      });
      return Math.max(0, ...levels);
    },
  };
}

const outputOf = (page: Page) => page.evaluate(() => window.parleyOutput?.loudness() ?? 0);
const arriving = (page: Page) => page.evaluate(() => window.parleyVoice?.loudness() ?? 0);

test('push to talk: heard while the key is held, not while typing, and a call starts muted', async ({
  person,
}) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  const main = await openSettings(bob.page);
  await main.getByRole('combobox', { name: 'Push to talk' }).click();
  await bob.page.getByRole('option', { name: 'Push to talk' }).click();
  await main.getByRole('button', { name: /Change the keys for “Key to hold”/ }).click();
  await bob.page.keyboard.press('v');
  await expect(main.getByRole('button', { name: /Key to hold.*now V/ })).toBeVisible();

  await callFromHeader(alice, bob);
  await accept(bob.page, 'Alice').click();
  await expect(callPhase(bob.page, 'connected')).toBeVisible();
  await bob.hears(alice);
  await expect(callControl(bob.page, 'Microphone')).toHaveAttribute('aria-pressed', 'false');
  await alice.hearsNothing();

  // Opening a conversation puts the cursor into its composer, where a letter is typed.
  await expect(composer(bob.page)).toBeFocused();
  await callRegion(bob.page).getByRole('timer').click();
  await bob.page.keyboard.down('v');
  await expect(callControl(bob.page, 'Microphone')).toHaveAttribute('aria-pressed', 'true');
  await alice.hears(bob);
  await bob.page.keyboard.up('v');
  await expect(callControl(bob.page, 'Microphone')).toHaveAttribute('aria-pressed', 'false');
  await alice.hearsNothing();

  await composer(bob.page).click();
  await bob.page.keyboard.down('v');
  await expect(composer(bob.page)).toHaveValue('v');
  await expect(callControl(bob.page, 'Microphone')).toHaveAttribute('aria-pressed', 'false');
  await bob.page.keyboard.up('v');
  await disconnect(alice.page).click();
  await expectNoCall(alice, bob);
});

test('Join calls muted: nothing is heard until the microphone is switched on', async ({ person }) => {
  const [alice, carol] = [await person('alice'), await person('carol')];
  const main = await openSettings(carol.page);
  await main.getByRole('switch', { name: 'Join calls muted' }).click();
  await callFromHeader(alice, carol);
  await accept(carol.page, 'Alice').click();
  await carol.hears(alice);
  await alice.hearsNothing();
  await callControl(carol.page, 'Microphone').click();
  await expectTalking(alice, carol);
  await disconnect(carol.page).click();
  await expectNoCall(alice, carol);
});

test('a voice at 200 % leaves the chosen speaker twice as loud as it arrives, also in the next call', async ({
  person,
}) => {
  const [carol, bob] = [await person('carol'), await person('bob')];
  await bob.page.addInitScript(listenToOutput);
  await bob.page.reload();
  await talk(carol, bob);
  await bob.page.getByRole('button', { name: 'People and volume' }).click();
  const volume = bob.page.getByRole('slider', { name: 'Volume of Carol' });
  // The ringtone has died away, and nothing else is played this way.
  await expect.poll(() => outputOf(bob.page)).toBe(0);

  const expectGain = (gain: number) =>
    expect
      .poll(async () => (await outputOf(bob.page)) / (await arriving(bob.page)), { intervals: [300] })
      .toBeCloseTo(gain, 1);
  await volume.fill('200');
  await expectGain(2);
  await volume.fill('120');
  await expectGain(1.2);
  // The element that played it before is silent, or it would be heard twice.
  const element = bob.page.locator('audio[data-call-audio]');
  const isSilent = () => element.evaluate((one) => (one instanceof HTMLAudioElement ? one.muted : null));
  expect(await isSilent()).toBe(true);
  await volume.fill('80');
  await expect.poll(isSilent).toBe(false);
  await volume.fill('200');
  await bob.page.keyboard.press('Escape');

  await callControl(bob.page, 'Devices').click();
  const choice = bob.page.getByRole('combobox', { name: 'Speaker', exact: true });
  const speakers = await choice
    .getByRole('option')
    .evaluateAll((all) => all.map((one) => one.getAttribute('value') ?? ''));
  const other = speakers.findLast((id) => id !== '' && id !== 'default');
  if (other) {
    await choice.selectOption(other);
    await expect.poll(() => bob.page.evaluate(() => window.parleyOutput?.sinkIds() ?? [])).toContain(other);
    await expectGain(2);
  }
  await bob.page.keyboard.press('Escape');
  await disconnect(bob.page).click();
  await expectNoCall(carol, bob);

  // Not `hears`: WebRTC counts the energy of a track after the volume of its element, which is silent here from the start.
  await callFromHeader(carol, bob);
  await accept(bob.page, 'Carol').click();
  await carol.hears(bob);
  await expectGain(2);
  await disconnect(bob.page).click();
  await expectNoCall(carol, bob);
});

test('the creator adds a person to a running group call and rings them; hands and reactions reach everyone in it', async ({
  person,
}) => {
  const [alice, bob, carol, dave] = [
    await person('alice'),
    await person('bob'),
    await person('carol'),
    await person('dave'),
  ];
  await makeGroup(alice, [bob, dave], 'Shelves');
  await openConversation(bob.page, 'Shelves');
  await headerCall(alice.page).click();
  await decline(dave.page, 'Alice', 'Shelves').click();
  await accept(bob.page, 'Alice', 'Shelves').click();
  await expect(callPhase(alice.page, 'connected')).toBeVisible();
  await alice.hears(bob);

  await chooseMore(alice.page, 'Add people');
  await alice.page.getByRole('checkbox', { name: 'Carol' }).check();
  await alice.page.getByRole('button', { name: 'Add and ring' }).click();
  await expect(incomingWindow(carol.page, 'Alice', 'Shelves')).toBeVisible();
  await expect(participant(alice.page, 'Carol')).toContainText(/Calling…|Ringing…/);
  await expect(dave.page.getByRole('alertdialog')).toHaveCount(0);
  await accept(carol.page, 'Alice', 'Shelves').click();
  await carol.hears(bob);

  await callControl(bob.page, 'React').click();
  await bob.page.getByRole('button', { name: 'Raise hand' }).click();
  for (const { page } of [alice, bob, carol]) {
    await expect(callRegion(page).getByRole('list', { name: 'Raised hands' })).toContainText('Bob');
    await expect(participant(page, 'Bob')).toContainText('Hand raised, number 1');
  }
  await callControl(carol.page, 'React').click();
  await carol.page.getByRole('button', { name: 'Raise hand' }).click();
  await expect(callRegion(alice.page).getByText('Raised hands: Bob and Carol')).toBeAttached();

  await callControl(alice.page, 'React').click();
  const shown = [alice, bob, carol].map(({ page }) =>
    callRegion(page).getByRole('log', { name: 'Reactions' }),
  );
  // Shown for four seconds, so looked for everywhere from before the press.
  await Promise.all([
    ...shown.map((reactions) => expect(reactions).toHaveText('Alice: Party')),
    alice.page.getByRole('button', { name: 'Party' }).click(),
  ]);
  for (const reactions of shown) await expect(reactions).toHaveText('');
  await alice.page.keyboard.press('Escape');

  // A hand belongs to the person in the call: a reload keeps it, leaving ends it.
  await bob.page.reload();
  await expect(callPhase(bob.page, 'connected')).toBeVisible();
  await expect(callRegion(bob.page).getByText('Raised hands: Bob and Carol')).toBeAttached();
  await disconnect(bob.page).click();
  await expect(callRegion(alice.page).getByText('Raised hands: Carol', { exact: true })).toBeAttached();
  await disconnect(carol.page).click();
  await expectNoCall(alice, bob, carol);
});

test('the sound check names a muted microphone and a voice that arrives, and its button helps', async ({
  person,
  expectConsole,
}) => {
  // A report that is under way when the call ends is refused.
  expectConsole(/409.*\/reception/);
  const [alice, bob] = [await person('alice'), await person('bob')];
  await talk(alice, bob);
  await callControl(bob.page, 'Microphone').click();
  await alice.hearsNothing();
  await callControl(bob.page, 'Devices').click();
  await bob.page.getByRole('button', { name: 'They can’t hear me, or I can’t hear them' }).click();
  const check = bob.page.getByRole('dialog', { name: 'Sound check' });
  await expect(check.getByRole('status')).toHaveText('You are muted.');
  await check.getByRole('button', { name: 'Unmute' }).click();
  await alice.hears(bob);
  // Measured by Alice's browser, and reported through the stream.
  await expect(check.getByRole('status')).toContainText('Your voice reaches Alice.', { timeout: 20_000 });
  await expect(check.getByText(/\d+ % lost/)).toBeVisible();

  await check.getByRole('radio', { name: 'I can’t hear them' }).click();
  await expect(check.getByRole('status')).toContainText('The voice of Alice arrives', { timeout: 20_000 });
  await callControl(alice.page, 'Microphone').click();
  await expect(check.getByRole('status')).toHaveText('Alice is muted.');
  await disconnect(alice.page).click();
  await expectNoCall(alice, bob);
});

test('the picture-in-picture window shows the call, mutes by a button and by a key, and leaves', async ({
  person,
}) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  await talk(alice, bob);
  const opened = bob.page.context().waitForEvent('page');
  await bob.page.getByRole('button', { name: 'Picture in picture' }).click();
  const popOut = await opened;
  await expect(popOut.getByRole('listitem', { name: 'Alice' })).toBeVisible();
  await expect(popOut.getByRole('timer')).toBeVisible();
  const microphone = popOut.getByRole('button', { name: 'Microphone' });
  await microphone.click();
  await expect(microphone).toHaveAttribute('aria-pressed', 'false');
  await alice.hearsNothing();
  await popOut.keyboard.press('Control+Shift+M');
  await expect(microphone).toHaveAttribute('aria-pressed', 'true');
  await alice.hears(bob);

  await callControl(alice.page, 'Camera').click();
  await expect(popOut.locator('video')).toBeVisible();
  const closed = popOut.waitForEvent('close');
  await popOut.getByRole('button', { name: 'Disconnect' }).click();
  await closed;
  await expectNoCall(alice, bob);
});
