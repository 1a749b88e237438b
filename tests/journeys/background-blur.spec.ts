import type { Locator } from '@playwright/test';
import { expectNoCall, talk } from '../support/calling';
import { expect, test } from '../support/journey';
import type { Person } from '../support/people';
import { givePictureCamera, sharpness } from '../support/picture-camera';
import { callControl, callRegion, disconnect, openSettings, participant } from '../support/screens';

const picture = (viewer: Person, name: string) => participant(viewer.page, name).locator('video');
const blurSwitch = ({ page }: Person) => page.getByRole('switch', { name: 'Background blur' });
/** Software draws every picture here. */
const patient = { timeout: 90_000, intervals: [250] };

/** The page stands still for some seconds while the first pictures are made. */
const pressCamera = ({ page }: Person) => callControl(page, 'Camera').click({ timeout: 40_000 });

/** The chessboard behind the person is there or a blur; their face is sharp in both. */
async function expectPicture(video: Locator, look: 'clear' | 'blurred') {
  await expect
    .poll(async () => {
      const { board = 0, face = 0 } = (await sharpness(video)) ?? {};
      if (face < 0.02) return { board, face };
      return board > 0.08 ? 'clear' : board < 0.02 ? 'blurred' : { board, face };
    }, patient)
    .toBe(look);
}

/** Looks at every picture that arrives from here on; returns how sharp the sharpest board was. */
async function watchBoards(viewer: Person): Promise<() => Promise<{ seen: number; sharpest: number }>> {
  await viewer.page.evaluate(() => {
    const seen: { boards: number[] } = { boards: [] };
    Object.assign(globalThis, { seen });
    const context = new OffscreenCanvas(320, 180).getContext('2d', { willReadFrequently: true });
    setInterval(() => {
      const video = document.querySelector('video');
      if (!(video instanceof HTMLVideoElement) || video.videoWidth === 0 || !context) return;
      context.drawImage(video, 0, 0, 320, 180);
      const { data } = context.getImageData(5, 5, 60, 170);
      let sum = 0;
      for (let at = 5; at < data.length; at += 4) sum += Math.abs((data[at] ?? 0) - (data[at - 4] ?? 0));
      seen.boards.push(sum / (60 * 170) / 255);
    }, 40);
  });
  return () =>
    viewer.page.evaluate(() => {
      const { boards } = Reflect.get(globalThis, 'seen') as { boards: number[] };
      return { seen: boards.length, sharpest: Math.max(...boards) };
    });
}

test.beforeEach(({ expectConsole }) => {
  // The model's runtime says this as an error.
  expectConsole(/INFO: Created TensorFlow Lite XNNPACK delegate for CPU/);
});

test('a blurred background is what others see and oneself, comes and goes within a call, and no clear picture is sent while it is chosen', async ({
  person,
}) => {
  test.setTimeout(400_000);
  const [alice, bob] = [await person('alice'), await person('bob')];
  const asked: string[] = [];
  alice.page.on('request', (request) => asked.push(new URL(request.url()).host));
  await givePictureCamera(alice);
  await talk(alice, bob);
  await pressCamera(alice);
  const hers = picture(bob, 'Alice');
  await expectPicture(hers, 'clear');
  const trackId = () =>
    hers.evaluate((video: HTMLVideoElement) => (video.srcObject as MediaStream).getVideoTracks()[0]?.id);
  const before = await trackId();

  await callControl(alice.page, 'Devices').click();
  await blurSwitch(alice).click();
  await expect(blurSwitch(alice)).toBeChecked();
  await alice.page.keyboard.press('Escape');
  await expectPicture(hers, 'blurred');
  await expectPicture(picture(alice, 'Alice'), 'blurred');
  expect(await trackId()).toBe(before);

  // Off and on again: from the first picture on it is blurred.
  await pressCamera(alice);
  await expect(callRegion(bob.page).locator('video')).toHaveCount(0);
  await expect(picture(alice, 'Alice')).toHaveCount(0);
  const boards = await watchBoards(bob);
  await pressCamera(alice);
  await expectPicture(hers, 'blurred');

  // Also in the next call, where the camera is published anew.
  await disconnect(alice.page).click();
  await expectNoCall(alice, bob);
  await talk(alice, bob);
  await pressCamera(alice);
  await expectPicture(hers, 'blurred');
  await expect.poll(async () => (await boards()).seen, patient).toBeGreaterThan(10);
  expect((await boards()).sharpest).toBeLessThan(0.02);

  await openSettings(alice.page);
  await blurSwitch(alice).click();
  await expectPicture(hers, 'clear');
  expect(new Set(asked)).toEqual(new Set([new URL(alice.page.url()).host]));
  await disconnect(bob.page).click();
  await expectNoCall(alice, bob);
});

test('a camera whose background can’t be blurred stays off, and is sent as it is only on a press', async ({
  person,
  expectConsole,
}) => {
  test.setTimeout(180_000);
  const [alice, bob] = [await person('alice'), await person('bob')];
  await givePictureCamera(alice);
  await openSettings(alice.page);
  await blurSwitch(alice).click();
  await alice.page.route('**/*.tflite', (route) => route.fulfill({ status: 404 }));
  expectConsole(/404|tflite/);
  await talk(alice, bob);
  const boards = await watchBoards(bob);
  await pressCamera(alice);
  const notice = callRegion(alice.page)
    .getByRole('status')
    .filter({ hasText: 'Background blur could not be switched on. Your camera is off.' });
  await expect(notice).toBeVisible(patient);
  await expect(callControl(alice.page, 'Camera')).toHaveAttribute('aria-pressed', 'false');
  await expect(callRegion(bob.page).locator('video')).toHaveCount(0);
  expect(await boards()).toMatchObject({ seen: 0 });

  await notice.getByRole('button', { name: 'Turn on without blur' }).click();
  await expectPicture(picture(bob, 'Alice'), 'clear');
  await expect(notice).toBeHidden();
  await disconnect(bob.page).click();
  await expectNoCall(alice, bob);
});

test('a device that is too slow for the blur says so, with its camera off', async ({ person }) => {
  test.setTimeout(180_000);
  // Alice has called Bob as often as she may in a minute.
  const [carol, dave] = [await person('carol'), await person('dave')];
  await givePictureCamera(carol, 720);
  await talk(carol, dave);
  await callControl(carol.page, 'Devices').click();
  await blurSwitch(carol).click();
  await carol.page.keyboard.press('Escape');
  await pressCamera(carol);
  await expect(
    callRegion(carol.page)
      .getByRole('status')
      .filter({ hasText: 'This device is too slow for background blur. Your camera is off.' }),
  ).toBeVisible({ timeout: 90_000 });
  await expect(callRegion(dave.page).locator('video')).toHaveCount(0);
  await disconnect(dave.page).click();
  await expectNoCall(carol, dave);
});
