import {
  blurNotice,
  expectOnlyBlurred,
  expectPicture,
  measureGenerously,
  modelNews,
  pictureOf,
  pressCamera,
  switchBlur,
} from '../support/blurred-camera';
import { expectNoCall, talk } from '../support/calling';
import { prepareFullReconnect } from '../support/full-reconnect';
import { expect, test } from '../support/journey';
import type { Person } from '../support/people';
import { givePictureCamera, watchPictures, watchSent } from '../support/picture-camera';
import { callControl, callRegion, disconnect } from '../support/screens';

const failed = 'Background blur could not be switched on. Your camera is off.';

test.beforeEach(({ expectConsole }) => {
  expectConsole(modelNews);
});

/** The model can't be loaded from here on; what the browser keeps of it is not used. */
async function loseModel({ page }: Person) {
  await page.route('**/*.tflite', (route) => route.fulfill({ status: 404 }));
}

/** The camera is off, says why, and nothing clear was sent. */
async function expectCameraOff(alice: Person, bob: Person, sent: () => Promise<readonly string[]>) {
  await expect(blurNotice(alice, failed)).toBeVisible({ timeout: 90_000 });
  await expect(callControl(alice.page, 'Camera')).toHaveAttribute('aria-pressed', 'false');
  await expect(callRegion(bob.page).locator('video')).toHaveCount(0);
  expect(await sent()).not.toContain('camera');
}

/** The way out leads to a clear picture, and the call goes on. */
async function expectWayOut(alice: Person, bob: Person) {
  const notice = blurNotice(alice, failed);
  await notice.getByRole('button', { name: 'Turn on without blur' }).click();
  await expectPicture(pictureOf(bob, 'Alice'), 'clear');
  await expect(notice).toBeHidden();
  await bob.hears(alice);
  await disconnect(bob.page).click();
  await expectNoCall(alice, bob);
}

test('another camera whose background can’t be blurred is not sent', async ({ person, expectConsole }) => {
  test.setTimeout(400_000);
  expectConsole(/404|tflite/);
  const [alice, bob] = [await person('alice'), await person('bob')];
  await givePictureCamera(alice);
  await measureGenerously(alice);
  await switchBlur(alice);
  const [arrived, sent] = [await watchPictures(bob), await watchSent(alice)];
  await talk(alice, bob);
  await pressCamera(alice);
  await expectPicture(pictureOf(bob, 'Alice'), 'blurred');
  await expectOnlyBlurred(arrived, 5);
  await loseModel(alice);
  await callControl(alice.page, 'Devices').click({ timeout: 40_000 });
  await alice.page.getByRole('combobox', { name: 'Camera' }).selectOption('Back camera');
  await alice.page.keyboard.press('Escape');
  await expectCameraOff(alice, bob, sent);
  await expectOnlyBlurred(arrived, 0);
  const notice = blurNotice(alice, failed);
  await notice.getByRole('button', { name: 'Turn on without blur' }).click();
  await expectPicture(pictureOf(bob, 'Alice'), 'clear', 'back');
  await expect(notice).toBeHidden();
  await disconnect(bob.page).click();
  await expectNoCall(alice, bob);
});

test('a full reconnect that can’t take the blur along leaves the camera off', async ({
  person,
  expectConsole,
}) => {
  test.setTimeout(400_000);
  expectConsole(/404|tflite|WebSocket|ERR_|rtc|signal/i);
  const [alice, bob] = [await person('alice'), await person('bob')];
  await givePictureCamera(alice);
  await measureGenerously(alice);
  await switchBlur(alice);
  const [arrived, sent] = [await watchPictures(bob), await watchSent(alice)];
  const reconnect = await prepareFullReconnect(alice);
  await talk(alice, bob);
  await pressCamera(alice);
  await expectPicture(pictureOf(bob, 'Alice'), 'blurred');
  await expectOnlyBlurred(arrived, 5);
  await loseModel(alice);
  await reconnect();
  await expectCameraOff(alice, bob, sent);
  await expectOnlyBlurred(arrived, 0);
  await expectWayOut(alice, bob);
});

test('a download that hangs ends in words, and a later try works', async ({ person, expectConsole }) => {
  test.setTimeout(400_000);
  expectConsole(/ERR_|wasm/i);
  const [carol, dave] = [await person('carol'), await person('dave')];
  await givePictureCamera(carol);
  await measureGenerously(carol);
  await switchBlur(carol);
  const [arrived, sent] = [await watchPictures(dave), await watchSent(carol)];
  // The answer never comes.
  await carol.page.route('**/*.wasm', () => {});
  await talk(carol, dave);
  await pressCamera(carol);
  await expectCameraOff(carol, dave, sent);
  expect(await arrived()).toEqual([]);

  await carol.page.unroute('**/*.wasm');
  await pressCamera(carol);
  await expectPicture(pictureOf(dave, 'Carol'), 'blurred');
  await expect(blurNotice(carol, failed)).toBeHidden();
  await expectOnlyBlurred(arrived, 5);
  expect(new Set(await sent())).toEqual(new Set(['filter']));
  await disconnect(dave.page).click();
  await expectNoCall(carol, dave);
});
