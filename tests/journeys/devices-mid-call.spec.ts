import type { Locator } from '@playwright/test';
import { callFromHeader, expectNoCall, expectTalking, talk } from '../support/calling';
import { expect, test } from '../support/journey';
import { sampleOtherSide } from '../support/other-side';
import type { Person } from '../support/people';
import { givePlugs } from '../support/plugs';
import {
  accept,
  alerts,
  callControl,
  callPhase,
  callRegion,
  disconnect,
  participant,
} from '../support/screens';
import { readVoices } from '../support/voice';

const banner = ({ page }: Person, text: string | RegExp) =>
  callRegion(page).getByRole('status').filter({ hasText: text });

/** The video in a person's tile. */
const pictureOf = (viewer: Person, name: string): Locator => participant(viewer.page, name).locator('video');
/** Pictures are made and drawn without a graphics card here: the first may take its time on a busy machine. */
const seesPicture = (viewer: Person, name: string, timeout = 30_000) =>
  expect
    .poll(
      () =>
        pictureOf(viewer, name).evaluateAll((videos) =>
          videos.some((video) => video instanceof HTMLVideoElement && video.videoWidth > 0 && !video.paused),
        ),
      { timeout },
    )
    .toBe(true);
const seesNoPicture = (viewer: Person, name: string) => expect(pictureOf(viewer, name)).toHaveCount(0);

test('a microphone unplugged mid-call shows a sentence: another takes its place; without one, the next that is plugged in is offered', async ({
  person,
}) => {
  const [dave, bob] = [await person('dave'), await person('bob')];
  const { plug, unplug, inUse } = await givePlugs(bob.page, {
    audioinput: ['Headset', 'Desk microphone'],
    videoinput: [],
  });
  await talk(dave, bob);
  await unplug('audioinput', 'Headset');
  await expect(banner(bob, 'Your microphone was unplugged. You are using another one now.')).toBeVisible();
  await dave.hears(bob);
  await expect.poll(inUse).toEqual(['Desk microphone']);

  await unplug('audioinput', 'Desk microphone');
  await expect(banner(bob, /Your microphone was unplugged\.(?! You)/)).toBeVisible();
  await expect(callControl(bob.page, 'Microphone')).toHaveAttribute('aria-pressed', 'false');
  await dave.hearsNothing();

  await plug('audioinput', 'New headset');
  const offer = banner(bob, 'New headset is plugged in.');
  await expect(offer).toBeVisible();
  await dave.hearsNothing();
  await offer.getByRole('button', { name: 'Use it' }).click();
  await dave.hears(bob);
  await expect(callControl(bob.page, 'Microphone')).toHaveAttribute('aria-pressed', 'true');
  await expect(offer).toBeHidden();
  await expect.poll(inUse).toEqual(['New headset']);
  await disconnect(dave.page).click();
  await expectNoCall(dave, bob);
  await expect.poll(inUse).toEqual([]);
});

test('a participant without a microphone listens, and is heard with the one that they plug in', async ({
  person,
}) => {
  const [carol, bob] = [await person('carol'), await person('bob')];
  const { plug } = await givePlugs(bob.page, { audioinput: [], videoinput: [] });
  await callFromHeader(carol, bob);
  await accept(bob.page, 'Carol').click();
  await expect(callPhase(bob.page, 'connected')).toBeVisible();
  await expect(alerts(bob.page).filter({ hasText: 'No microphone was found.' })).toBeVisible();
  await bob.hears(carol);
  await carol.hearsNothing();
  await plug('audioinput', 'Headset');
  const offer = banner(bob, 'Headset is plugged in.');
  await expect(alerts(bob.page)).toHaveCount(0);
  await offer.getByRole('button', { name: 'Use it' }).click();
  await expectTalking(carol, bob);
  await expect(offer).toBeHidden();
  await disconnect(carol.page).click();
  await expectNoCall(carol, bob);
});

test('a camera unplugged mid-call shows a sentence: another takes its place, or one click takes the next', async ({
  person,
}) => {
  const [dave, carol] = [await person('dave'), await person('carol')];
  const { plug, unplug, inUse } = await givePlugs(carol.page, {
    audioinput: ['Headset'],
    videoinput: ['Desk camera', 'Laptop camera'],
  });
  await talk(dave, carol);
  await callControl(carol.page, 'Camera').click();
  await seesPicture(dave, 'Carol');
  await unplug('videoinput', 'Desk camera');
  await expect(banner(carol, 'Your camera was unplugged. You are using another one now.')).toBeVisible();
  await seesPicture(dave, 'Carol');
  await expect.poll(inUse).toEqual(['Headset', 'Laptop camera']);

  await unplug('videoinput', 'Laptop camera');
  const lost = banner(carol, /Your camera was unplugged\.(?! You)/);
  await expect(lost).toBeVisible();
  await expect(callControl(carol.page, 'Camera')).toHaveAttribute('aria-pressed', 'false');
  await seesNoPicture(dave, 'Carol');
  await plug('videoinput', 'New camera');
  await lost.getByRole('button', { name: 'Use another' }).click();
  await seesPicture(dave, 'Carol');
  await expect(lost).toBeHidden();
  await Promise.all([dave.hears(carol), carol.hears(dave)]);
  await disconnect(dave.page).click();
  await expectNoCall(dave, carol);
});

test('a muted participant is not heard for a moment when their tab reloads', async ({ person }) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  await talk(alice, bob);
  await callControl(bob.page, 'Microphone').click();
  await alice.hearsNothing();
  const otherSide = await sampleOtherSide(alice.page, 'Bob');
  await bob.page.reload();
  await expect(callPhase(bob.page, 'connected')).toBeVisible();
  await expect(callControl(bob.page, 'Microphone')).toHaveAttribute('aria-pressed', 'false');
  await bob.hears(alice);
  await alice.hearsNothing();
  expect((await otherSide.stop()).filter(({ loudness }) => loudness > 0.01)).toEqual([]);
  await callControl(bob.page, 'Microphone').click();
  await alice.hears(bob);
  await disconnect(alice.page).click();
  await expectNoCall(alice, bob);
});

test('noise suppression and echo cancellation act in the running call, also for a muted participant', async ({
  person,
}) => {
  const [alice, bob] = [await person('alice'), await person('bob', { ownMicrophone: true })];
  await bob.page.evaluate(() => {
    const opened: MediaStreamTrack[] = [];
    const devices = navigator.mediaDevices;
    const original = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (constraints) => {
      const stream = await original(constraints);
      opened.push(...stream.getAudioTracks());
      return stream;
    };
    Object.assign(window, { opened });
  });
  /** The settings of every microphone that is open. */
  const settings = () =>
    bob.page.evaluate(() =>
      (Reflect.get(window, 'opened') as MediaStreamTrack[])
        .filter((track) => track.readyState === 'live')
        .map((track) => {
          const { noiseSuppression, echoCancellation } = track.getSettings();
          return { noiseSuppression, echoCancellation, isOn: track.enabled };
        }),
    );
  const energy = async () => (await readVoices(alice.page)).reduce((sum, voice) => sum + voice.energy, 0);
  const stillHears = async () => {
    const before = await energy();
    await expect.poll(energy).toBeGreaterThan(before + 0.001);
  };
  await callFromHeader(alice, bob);
  await accept(bob.page, 'Alice').click();
  await expect(callPhase(bob.page, 'connected')).toBeVisible();
  await stillHears();
  await expect.poll(settings).toEqual([{ noiseSuppression: true, echoCancellation: true, isOn: true }]);

  await bob.page.getByRole('link', { name: 'Settings', exact: true }).first().click();
  const main = bob.page.getByRole('main');
  await main.getByRole('switch', { name: 'Noise suppression' }).click();
  await expect.poll(settings).toEqual([{ noiseSuppression: false, echoCancellation: true, isOn: true }]);
  await stillHears();

  await bob.page.getByRole('button', { name: 'Microphone', exact: true }).first().click();
  await main.getByRole('switch', { name: 'Echo cancellation' }).click();
  await expect.poll(settings).toEqual([{ noiseSuppression: false, echoCancellation: false, isOn: false }]);
  await alice.hearsNothing();
  await main.getByRole('switch', { name: 'Noise suppression' }).click();
  await main.getByRole('switch', { name: 'Echo cancellation' }).click();
  await disconnect(alice.page).click();
  await expect(callRegion(bob.page)).toBeHidden();
  await expect.poll(settings).toEqual([]);
});

test('after a connection that was lost for good and taken up anew, microphone and camera are as they were', async ({
  app,
  person,
  expectConsole,
}) => {
  expectConsole(/ConnectionError|WebSocket|ERR_|livekit|404|rtc|signal|Failed to load resource/i);
  const [alice, carol] = [await person('alice'), await person('carol')];
  await talk(alice, carol);
  await callControl(carol.page, 'Camera').click();
  await seesPicture(alice, 'Carol');
  await callControl(alice.page, 'Microphone').click();
  await carol.hearsNothing();

  // A LiveKit that was killed has forgotten the room: every client joins with a new connection.
  process.kill(app.pids().livekit, 'SIGKILL');
  await expect(callRegion(alice.page).getByText('Reconnecting').first()).toBeVisible();
  await alice.hears(carol, 30_000);
  await seesPicture(alice, 'Carol', 15_000);
  await expect(callControl(carol.page, 'Camera')).toHaveAttribute('aria-pressed', 'true');
  await expect(callControl(alice.page, 'Microphone')).toHaveAttribute('aria-pressed', 'false');
  await carol.hearsNothing();
  await callControl(alice.page, 'Microphone').click();
  await carol.hears(alice);

  await callControl(carol.page, 'Camera').click();
  await seesNoPicture(alice, 'Carol');
  await disconnect(alice.page).click();
  await expectNoCall(alice, carol);
});

test('a camera that opens only after the call was left is let go at once', async ({ person }) => {
  const [dave, bob] = [await person('dave'), await person('bob')];
  await talk(dave, bob);
  await bob.page.evaluate(() => {
    const devices = navigator.mediaDevices;
    const original = devices.getUserMedia.bind(devices);
    const { promise, resolve } = Promise.withResolvers<void>();
    const cameras: MediaStreamTrack[] = [];
    devices.getUserMedia = async (constraints = {}) => {
      const stream = await original(constraints);
      cameras.push(...stream.getVideoTracks());
      if (constraints.video) await promise;
      return stream;
    };
    Object.assign(window, { cameras, openCamera: resolve });
  });
  const cameras = () =>
    bob.page.evaluate(() =>
      (Reflect.get(window, 'cameras') as MediaStreamTrack[]).map(({ readyState }) => readyState),
    );
  await callControl(bob.page, 'Camera').click();
  await expect.poll(cameras).toEqual(['live']);
  await disconnect(bob.page).click();
  await expectNoCall(dave, bob);
  await bob.page.evaluate(() => Reflect.get(window, 'openCamera')());
  // Within a moment: LiveKit alone would hold it for 15 s.
  await expect.poll(cameras, { timeout: 2000 }).toEqual(['ended']);
});

test('a microphone that is taken while the connection is away is heard once it is back', async ({
  person,
  expectConsole,
}) => {
  expectConsole(/WebSocket|ERR_|rtc|signal/i);
  const [carol, alice] = [await person('carol'), await person('alice')];
  // The line to LiveKit can be cut, and stays cut until it is let go.
  let line = Promise.withResolvers<void>();
  line.resolve();
  const lines = new Set<{ close: () => Promise<void> }>();
  await alice.page.routeWebSocket(/\/rtc/, async (socket) => {
    lines.add(socket);
    await line.promise;
    socket.connectToServer();
  });
  await talk(carol, alice);
  line = Promise.withResolvers<void>();
  for (const one of lines) await one.close();
  await expect(callRegion(alice.page).getByText('Reconnecting').first()).toBeVisible();
  await alice.page.getByRole('link', { name: 'Settings', exact: true }).first().click();
  await alice.page.getByRole('main').getByRole('switch', { name: 'Noise suppression' }).click();
  await carol.hearsNothing();
  line.resolve();
  await carol.hears(alice);
  await disconnect(carol.page).click();
  await expectNoCall(carol, alice);
});
