import {
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
import { givePictureCamera, watchPictures, watchSent } from '../support/picture-camera';
import { callControl, disconnect } from '../support/screens';

test.beforeEach(({ expectConsole }) => {
  expectConsole(modelNews);
});

test('a flipped camera and another camera are sent blurred from their first picture on', async ({
  person,
}) => {
  test.setTimeout(400_000);
  const [alice, bob] = [await person('alice'), await person('bob')];
  await givePictureCamera(alice);
  await measureGenerously(alice);
  // A phone: no screen can be shared there, and the camera can be flipped.
  await alice.page.evaluate(() => Reflect.deleteProperty(MediaDevices.prototype, 'getDisplayMedia'));
  await switchBlur(alice);
  const [arrived, sent] = [await watchPictures(bob), await watchSent(alice)];
  await talk(alice, bob);
  await pressCamera(alice);
  const hers = pictureOf(bob, 'Alice');
  await expectPicture(hers, 'blurred', 'front');

  await callControl(alice.page, 'Flip camera').click({ timeout: 40_000 });
  await expectPicture(hers, 'blurred', 'back');
  await expectPicture(pictureOf(alice, 'Alice'), 'blurred', 'back');
  await pressCamera(alice);
  await expect(hers).toHaveCount(0);
  await pressCamera(alice);
  await expectPicture(hers, 'blurred', 'back');
  await callControl(alice.page, 'Flip camera').click({ timeout: 40_000 });
  await expectPicture(hers, 'blurred', 'front');

  await callControl(alice.page, 'Devices').click({ timeout: 40_000 });
  await alice.page.getByRole('combobox', { name: 'Camera' }).selectOption('Back camera');
  await alice.page.keyboard.press('Escape');
  await expectPicture(hers, 'blurred', 'back');
  await expectOnlyBlurred(arrived, 20);
  expect(new Set(await sent())).toEqual(new Set(['filter']));
  await disconnect(bob.page).click();
  await expectNoCall(alice, bob);
});

test('a full reconnect takes the blur along', async ({ person, expectConsole }) => {
  test.setTimeout(400_000);
  expectConsole(/WebSocket|ERR_|rtc|signal/i);
  const [alice, bob] = [await person('alice'), await person('bob')];
  await givePictureCamera(alice);
  await measureGenerously(alice);
  await switchBlur(alice);
  const [arrived, sent] = [await watchPictures(bob), await watchSent(alice)];
  const reconnect = await prepareFullReconnect(alice);
  await talk(alice, bob);
  await pressCamera(alice);
  const hers = pictureOf(bob, 'Alice');
  await expectPicture(hers, 'blurred');
  await expectOnlyBlurred(arrived, 5);
  expect(new Set(await sent())).toEqual(new Set(['filter']));

  await reconnect();
  await expectOnlyBlurred(arrived, 10);
  await expectPicture(hers, 'blurred');
  await expectPicture(pictureOf(alice, 'Alice'), 'blurred');
  await bob.hears(alice);
  expect(new Set(await sent())).toEqual(new Set(['filter']));
  await disconnect(bob.page).click();
  await expectNoCall(alice, bob);
});
