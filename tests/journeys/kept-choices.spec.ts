import { expectNoCall, expectTalking, talk } from '../support/calling';
import { expect, test } from '../support/journey';
import { sampleOtherSide } from '../support/other-side';
import type { Person } from '../support/people';
import { givePlugs } from '../support/plugs';
import { callControl, callPhase, callRegion, disconnect, moveCallHere } from '../support/screens';

const isPressed = (person: Person, name: string, isOn: boolean) =>
  expect(callControl(person.page, name)).toHaveAttribute('aria-pressed', String(isOn));
const notice = ({ page }: Person, text: string) =>
  callRegion(page).getByRole('status').filter({ hasText: text });

/** Brings the call here and waits until the other device has let go of it. */
async function move(from: Person, to: Person): Promise<void> {
  await moveCallHere(to.page).click();
  await expect(callPhase(to.page, 'connected')).toBeVisible();
  await expect(callRegion(from.page)).toBeHidden();
}

test('a muted call stays muted on every device it is moved to, and not a word is heard on the way', async ({
  person,
}) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  await talk(alice, bob);
  await callControl(bob.page, 'Microphone').click();
  await alice.hearsNothing();
  const phone = await person('bob', { ownSignIn: true, toneHz: 900 });
  await expect(moveCallHere(phone.page)).toBeVisible();

  const otherSide = await sampleOtherSide(alice.page, 'Bob');
  await move(bob, phone);
  await isPressed(phone, 'Microphone', false);
  await isPressed(phone, 'Camera', false);
  await phone.hears(alice);
  await move(phone, bob);
  await isPressed(bob, 'Microphone', false);
  await bob.hears(alice);
  await alice.hearsNothing();
  const samples = await otherSide.stop();
  expect(samples.length).toBeGreaterThan(20);
  expect(samples.filter(({ loudness }) => loudness > 0.01)).toEqual([]);

  await callControl(bob.page, 'Microphone').click();
  await alice.hears(bob);
  // Bob was heard on this device, so the phone sends his microphone, too.
  await move(bob, phone);
  await isPressed(phone, 'Microphone', true);
  await expectTalking(alice, phone);
  await disconnect(alice.page).click();
  await expectNoCall(alice, phone);
});

test('a call whose other device has disconnected arrives muted, says why, and one press makes it heard', async ({
  person,
}) => {
  const [carol, dave] = [await person('carol'), await person('dave')];
  await talk(carol, dave);
  const phone = await person('dave', { ownSignIn: true, toneHz: 900 });
  await expect(moveCallHere(phone.page)).toBeVisible();
  await dave.closeBrowser();
  await expect(callRegion(carol.page).getByText(/if Dave does not come back/)).toBeVisible();
  await moveCallHere(phone.page).click();
  await expect(callPhase(phone.page, 'connected')).toBeVisible();
  const why = notice(phone, 'You are muted, in case you were muted on your other device.');
  await expect(why).toBeVisible();
  await carol.hearsNothing();
  await why.getByRole('button', { name: 'Unmute' }).click();
  await carol.hears(phone);
  await expect(why).toBeHidden();
  await disconnect(carol.page).click();
  await expectNoCall(carol, phone);
});

test('after a reconnect a camera that had failed stays closed, and a screen share that ended says so', async ({
  app,
  person,
  expectConsole,
}) => {
  expectConsole(/ConnectionError|WebSocket|ERR_|livekit|404|rtc|signal|Failed to load resource/i);
  const [alice, bob] = [await person('alice'), await person('bob')];
  const { inUse } = await givePlugs(bob.page, { audioinput: ['Headset'], videoinput: ['Desk camera'] });
  await talk(alice, bob);
  await bob.page.evaluate(() => {
    const devices = navigator.mediaDevices;
    const original = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (constraints = {}) => {
      if (!constraints.video) return original(constraints);
      devices.getUserMedia = original;
      throw new DOMException('another program has it', 'NotReadableError');
    };
  });
  await callControl(bob.page, 'Camera').click();
  await expect(notice(bob, 'Another program is using your camera.')).toBeVisible();
  await callControl(alice.page, 'Share screen').click();
  await isPressed(alice, 'Share screen', true);

  // A LiveKit that was killed has forgotten the room: every client joins with a new connection. Parley stands still
  // until both ask for one, because in a room that is restored earlier LiveKit's own client finds its way back.
  const joins = Promise.all(
    [alice, bob].map(({ page }) => page.waitForRequest(/\/join$/, { timeout: 30_000 })),
  );
  const { app: parley, livekit } = app.pids();
  process.kill(parley, 'SIGSTOP');
  try {
    process.kill(livekit, 'SIGKILL');
    await joins;
  } finally {
    process.kill(parley, 'SIGCONT');
  }
  await alice.hears(bob, 30_000);
  const ended = notice(alice, 'Your screen share ended when the connection dropped.');
  await expect(ended).toBeVisible();
  await isPressed(alice, 'Share screen', false);
  await isPressed(bob, 'Camera', false);
  expect(await inUse()).toEqual(['Headset']);

  await ended.getByRole('button', { name: 'Share again' }).click();
  await isPressed(alice, 'Share screen', true);
  await expect(callRegion(bob.page).getByText('Alice is sharing their screen')).toBeVisible();
  await expect(ended).toBeHidden();
  await callControl(bob.page, 'Camera').click();
  await expect.poll(inUse).toEqual(['Headset', 'Desk camera']);
  await disconnect(alice.page).click();
  await expectNoCall(alice, bob);
});

test('of devices chosen while others are being opened the last one is in use', async ({ person }) => {
  const [dave, carol] = [await person('dave'), await person('carol')];
  const { inUse } = await givePlugs(carol.page, {
    audioinput: ['Headset', 'Desk microphone', 'Old microphone'],
    videoinput: ['Desk camera', 'Laptop camera', 'Old camera'],
  });
  await talk(dave, carol);
  // Old devices take their time.
  await carol.page.evaluate(() => {
    const devices = navigator.mediaDevices;
    const original = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (constraints = {}) => {
      if (JSON.stringify(constraints).includes('Old '))
        await new Promise((resolve) => setTimeout(resolve, 1500));
      return original(constraints);
    };
  });
  await callControl(carol.page, 'Camera').click();
  await expect.poll(inUse).toEqual(['Headset', 'Desk camera']);
  await callControl(carol.page, 'Devices').click();
  const choice = (name: string) => carol.page.getByRole('combobox', { name, exact: true });
  await choice('Camera').selectOption({ label: 'Old camera' });
  await choice('Camera').selectOption({ label: 'Laptop camera' });
  await choice('Microphone').selectOption({ label: 'Old microphone' });
  await choice('Microphone').selectOption({ label: 'Desk microphone' });
  await expect.poll(async () => (await inUse()).toSorted()).toEqual(['Desk microphone', 'Laptop camera']);
  await expect(callControl(carol.page, 'Camera')).toHaveAttribute('aria-busy', 'false');
  await expect(callControl(carol.page, 'Microphone')).toHaveAttribute('aria-busy', 'false');
  expect((await inUse()).toSorted()).toEqual(['Desk microphone', 'Laptop camera']);
  await dave.hears(carol);
  await disconnect(dave.page).click();
  await expectNoCall(dave, carol);
});
