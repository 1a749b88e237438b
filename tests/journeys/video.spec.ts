import type { Locator, Page } from '@playwright/test';
import { expectNoCall, talk } from '../support/calling';
import { expect, test } from '../support/journey';
import { callControl, callRegion, disconnect, participant } from '../support/screens';

declare global {
  interface Window {
    /** How often a camera was asked for. */
    cameraRequests?: number;
    /** How a screen was asked for. */
    screenRequest?: DisplayMediaStreamOptions;
    /** What the browser's own bar does to a shared screen. */
    endScreen?: () => void;
  }
}

const noteRequests = (page: Page) =>
  page.evaluate(() => {
    const devices = navigator.mediaDevices;
    const ask = devices.getUserMedia.bind(devices);
    const askForScreen = devices.getDisplayMedia.bind(devices);
    devices.getDisplayMedia = async (options = {}) => {
      window.screenRequest = options;
      const stream = await askForScreen(options);
      window.endScreen = () => {
        for (const track of stream.getTracks()) {
          track.stop();
          track.dispatchEvent(new Event('ended'));
        }
      };
      return stream;
    };
    window.cameraRequests = 0;
    devices.getUserMedia = (constraints) => {
      if (constraints?.video) window.cameraRequests = (window.cameraRequests ?? 0) + 1;
      return ask(constraints);
    };
  });
const cameraRequests = (page: Page) => page.evaluate(() => window.cameraRequests);

/** How loud each sound of the call is in this page. */
const loudness = (page: Page) =>
  page
    .locator('audio[data-call-audio]')
    .evaluateAll((all) => all.map((one) => (one instanceof HTMLAudioElement ? one.volume : null)));
/** A window with the whole call where the browser has one, else with the video alone. */
const hasPictureWindow = (page: Page) =>
  page.evaluate(() => {
    const own = Reflect.get(globalThis, 'documentPictureInPicture') as { window: Window | null } | undefined;
    return document.pictureInPictureElement !== null || (own?.window ?? null) !== null;
  });

/** Resolves when the video shows one new frame after another. */
async function expectFrames(video: Locator) {
  let before = 0;
  await expect
    .poll(
      async () => {
        const now = await video.evaluate(
          (element: HTMLVideoElement) =>
            element.videoWidth > 0 ? element.getVideoPlaybackQuality().totalVideoFrames : 0,
          undefined,
          // Pictures are made and read without a graphics card here: the page may be busy with them.
          { timeout: 30_000 },
        );
        const isMoving = before > 0 && now > before;
        before = now;
        return isMoving;
      },
      { timeout: 40_000, intervals: [250] },
    )
    .toBe(true);
}

test('a camera is asked for when Camera is pressed and not before, and reaches the other one; so does a shared screen', async ({
  person,
}) => {
  test.setTimeout(180_000);
  const [alice, bob] = [await person('alice'), await person('bob')];
  for (const { page } of [alice, bob]) await noteRequests(page);
  await talk(alice, bob);
  const hers = participant(bob.page, 'Alice');
  await expect(hers).toBeVisible();
  expect([await cameraRequests(alice.page), await cameraRequests(bob.page)]).toEqual([0, 0]);
  await expect(callRegion(bob.page).locator('video')).toHaveCount(0);

  const height = async () => (await callRegion(bob.page).boundingBox())?.height;
  const voices = await height();
  await callControl(alice.page, 'Camera').click();
  await expect(callControl(alice.page, 'Camera')).toHaveAttribute('aria-pressed', 'true');
  // Bob's call grows with the picture, and back when the last one goes.
  await expect.poll(height).toBeGreaterThan(voices ?? 0);
  await expectFrames(hers.locator('video'));
  expect([await cameraRequests(alice.page), await cameraRequests(bob.page)]).toEqual([1, 0]);
  // LiveKit reports a participant's connection quality some seconds after they joined.
  await expect(hers.locator('[data-connection]').first()).not.toHaveAttribute('data-connection', 'unknown', {
    timeout: 20_000,
  });
  await callControl(alice.page, 'Camera').click();
  await expect(callRegion(bob.page).locator('video')).toHaveCount(0);
  await expect.poll(height).toBe(voices);

  await callControl(alice.page, 'Share screen').click();
  await expect(callControl(alice.page, 'Share screen')).toHaveAttribute('aria-pressed', 'true');
  const sharing = callRegion(bob.page).getByText('Alice is sharing their screen');
  await expect(sharing).toBeVisible();
  await expect(callRegion(alice.page).getByText('You are sharing your screen')).toBeVisible();
  await expectFrames(callRegion(bob.page).locator('video'));
  // With its sound, but not that of this call; Alice and her screen each as loud as Bob wants.
  expect(await alice.page.evaluate(() => window.screenRequest)).toMatchObject({
    audio: { restrictOwnAudio: true },
  });
  await expect.poll(() => loudness(bob.page)).toEqual([1, 1]);
  await bob.page.getByRole('button', { name: 'People and volume' }).click();
  await bob.page.getByRole('slider', { name: 'Volume of Alice', exact: true }).fill('0');
  await expect.poll(() => loudness(bob.page)).toEqual([0, 1]);
  await bob.page.getByRole('slider', { name: 'Volume of Alice’s screen' }).fill('40');
  await expect.poll(() => loudness(bob.page)).toEqual([0, 0.4]);
  await bob.page.keyboard.press('Escape');
  await callRegion(alice.page).getByRole('button', { name: 'Stop sharing' }).click();
  await expect(sharing).toBeHidden();
  await expect(callRegion(bob.page).locator('video')).toHaveCount(0);

  // Ended by the browser's own bar.
  await callControl(alice.page, 'Share screen').click();
  await expect(sharing).toBeVisible();
  await alice.page.evaluate(() => window.endScreen?.());
  await expect(sharing).toBeHidden();
  await expect(callControl(alice.page, 'Share screen')).toHaveAttribute('aria-pressed', 'false');

  await callControl(alice.page, 'Camera').click();
  await bob.page.getByRole('button', { name: 'Picture in picture' }).click();
  await expect.poll(() => hasPictureWindow(bob.page)).toBe(true);
  await disconnect(alice.page).click();
  await expect.poll(() => hasPictureWindow(bob.page)).toBe(false);
  await expectNoCall(alice, bob);
});
