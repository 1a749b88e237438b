import {
  blurNotice,
  blurSwitch,
  expectOnlyBlurred,
  expectPicture,
  measureGenerously,
  modelNews,
  patient,
  pictureOf,
  pressCamera,
  switchBlur,
} from '../support/blurred-camera';
import { expectNoCall, talk } from '../support/calling';
import { expect, test } from '../support/journey';
import { givePictureCamera, watchPictures } from '../support/picture-camera';
import { callControl, callRegion, disconnect } from '../support/screens';

test.beforeEach(({ expectConsole }) => {
  expectConsole(modelNews);
});

test('a blurred background is what others see and oneself, comes and goes within a call, and no clear picture is sent while it is chosen', async ({
  person,
}) => {
  test.setTimeout(400_000);
  const [alice, bob] = [await person('alice'), await person('bob')];
  const asked: string[] = [];
  alice.page.on('request', (request) => asked.push(new URL(request.url()).host));
  await givePictureCamera(alice);
  await measureGenerously(alice);
  const arrived = await watchPictures(bob);
  await talk(alice, bob);
  await pressCamera(alice);
  const hers = pictureOf(bob, 'Alice');
  await expectPicture(hers, 'clear');
  const trackId = () =>
    hers.evaluate((video: HTMLVideoElement) => (video.srcObject as MediaStream).getVideoTracks()[0]?.id);
  const before = await trackId();

  await callControl(alice.page, 'Devices').click();
  await blurSwitch(alice).click();
  await expect(blurSwitch(alice)).toBeChecked();
  await alice.page.keyboard.press('Escape');
  await expectPicture(hers, 'blurred');
  await expectPicture(pictureOf(alice, 'Alice'), 'blurred');
  expect(await trackId()).toBe(before);

  // Off and on again: from the first picture on it is blurred.
  await pressCamera(alice);
  await expect(callRegion(bob.page).locator('video')).toHaveCount(0);
  await expect(pictureOf(alice, 'Alice')).toHaveCount(0);
  await arrived();
  await pressCamera(alice);
  await expectPicture(hers, 'blurred');

  // Also in the next call, where the camera is published anew.
  await disconnect(alice.page).click();
  await expectNoCall(alice, bob);
  await talk(alice, bob);
  await pressCamera(alice);
  await expectPicture(hers, 'blurred');
  await expectOnlyBlurred(arrived, 10);

  await switchBlur(alice);
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
  await switchBlur(alice);
  await alice.page.route('**/*.tflite', (route) => route.fulfill({ status: 404 }));
  expectConsole(/404|tflite/);
  const arrived = await watchPictures(bob);
  await talk(alice, bob);
  await pressCamera(alice);
  const notice = blurNotice(alice, 'Background blur could not be switched on. Your camera is off.');
  await expect(notice).toBeVisible(patient);
  await expect(callControl(alice.page, 'Camera')).toHaveAttribute('aria-pressed', 'false');
  await expect(callRegion(bob.page).locator('video')).toHaveCount(0);
  expect(await arrived()).toEqual([]);

  await notice.getByRole('button', { name: 'Turn on without blur' }).click();
  await expectPicture(pictureOf(bob, 'Alice'), 'clear');
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
    blurNotice(carol, 'This device is too slow for background blur. Your camera is off.'),
  ).toBeVisible({ timeout: 90_000 });
  await expect(callRegion(dave.page).locator('video')).toHaveCount(0);
  await disconnect(dave.page).click();
  await expectNoCall(carol, dave);
});

test('a device that becomes too slow for the blur in the middle of the call says so, with its camera off', async ({
  person,
}) => {
  test.setTimeout(400_000);
  const [carol, alice] = [await person('carol'), await person('alice')];
  await givePictureCamera(carol);
  const measureTruly = await measureGenerously(carol);
  const arrived = await watchPictures(alice);
  await switchBlur(carol);
  await talk(carol, alice);
  await pressCamera(carol);
  // More than the device is judged by at first.
  await expectOnlyBlurred(arrived, 30);
  await measureTruly();
  const devtools = await carol.page.context().newCDPSession(carol.page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 20 });
  await expect(
    blurNotice(carol, 'This device is too slow for background blur. Your camera is off.'),
  ).toBeVisible({ timeout: 120_000 });
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await expect(callRegion(alice.page).locator('video')).toHaveCount(0);
  await disconnect(alice.page).click();
  await expectNoCall(carol, alice);
});
