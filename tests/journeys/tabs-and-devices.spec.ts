import { callFromHeader, expectNoCall, expectTalking, talk } from '../support/calling';
import { expect, test } from '../support/journey';
import { sampleOtherSide } from '../support/other-side';
import { ringingAmong, staysQuiet, timeUntilHidden } from '../support/ringing';
import {
  accept,
  alerts,
  callPhase,
  callRegion,
  decline,
  disconnect,
  incomingWindow,
  moveCallHere,
  openConversation,
} from '../support/screens';

test('all tabs of a browser share one stream and one audible ring, and another tab takes both over', async ({
  person,
}) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  const second = await bob.newTab();
  const third = await bob.newTab();
  const streams: (typeof second)[] = [];
  for (const tab of [second, third]) {
    tab.on('request', (request) => request.url().endsWith('/api/events') && streams.push(tab));
    await tab.goto(bob.page.url());
  }
  await callFromHeader(alice, bob);
  const tabs = [bob.page, second, third];
  for (const tab of tabs) await expect(incomingWindow(tab, 'Alice')).toBeVisible();
  expect(streams).toEqual([]);

  const [loud, ...others] = await ringingAmong(tabs);
  expect(others).toEqual([]);
  if (!loud) throw new Error('no tab rings');
  await loud.close();
  const left = tabs.filter((tab) => tab !== loud);
  expect(await ringingAmong(left)).toHaveLength(1);

  if (loud !== bob.page) await bob.page.close();
  await expect.poll(() => streams.length).toBe(1);
  const [last] = left.filter((tab) => tab !== bob.page);
  if (!last) throw new Error('no tab is left');
  await decline(last, 'Alice').click();
  await expect(incomingWindow(last, 'Alice')).toBeHidden();
  await expectNoCall(alice);
});

test('a decline closes the window on every tab and device within a second, and a reload stays quiet', async ({
  person,
}) => {
  const [carol, bob] = [await person('carol'), await person('bob')];
  const otherTab = await bob.newTab();
  await otherTab.goto(bob.page.url());
  const phone = await person('bob', { ownSignIn: true });
  await callFromHeader(carol, bob);
  const pages = [bob.page, otherTab, phone.page];
  for (const page of pages) await expect(incomingWindow(page, 'Carol')).toBeVisible();
  expect(await timeUntilHidden(decline(phone.page, 'Carol'), 'Incoming call from Carol', pages)).toBeLessThan(
    1000,
  );
  await bob.page.reload();
  await openConversation(bob.page, 'general');
  for (const page of pages) {
    await staysQuiet(page);
    await expect(incomingWindow(page, 'Carol')).toBeHidden();
    await expect(alerts(page)).toHaveCount(0);
  }
  await expectNoCall(carol);
});

test('answered on one device, the window closes everywhere else within a second, and a reload stays quiet', async ({
  person,
}) => {
  const [dave, bob] = [await person('dave'), await person('bob')];
  const otherTab = await bob.newTab();
  await otherTab.goto(bob.page.url());
  const phone = await person('bob', { ownSignIn: true });
  await callFromHeader(dave, bob);
  const others = [otherTab, phone.page];
  for (const page of others) await expect(incomingWindow(page, 'Dave')).toBeVisible();
  expect(await timeUntilHidden(accept(bob.page, 'Dave'), 'Incoming call from Dave', others)).toBeLessThan(
    1000,
  );
  await expectTalking(dave, bob);
  await phone.page.reload();
  for (const page of others) {
    await expect(moveCallHere(page)).toBeVisible();
    await staysQuiet(page);
    await expect(incomingWindow(page, 'Dave')).toBeHidden();
  }
  await disconnect(dave.page).click();
  await expectNoCall(dave, bob);
});

test('accepting in two tabs at once: one is in the call, the other goes quiet without an error', async ({
  person,
  expectConsole,
}) => {
  expectConsole(/409/);
  const [carol, dave] = [await person('carol'), await person('dave')];
  const otherTab = await dave.newTab();
  await otherTab.goto(dave.page.url());
  await callFromHeader(carol, dave);
  await expect(incomingWindow(otherTab, 'Carol')).toBeVisible();
  const tabs = [dave.page, otherTab];
  // Pressed by handle: a click that waits to be possible would come after the first one's answer.
  const buttons = await Promise.all(tabs.map((tab) => accept(tab, 'Carol').elementHandle()));
  await Promise.all(buttons.map((button) => button?.dispatchEvent('click')));
  await expect(callPhase(carol.page, 'connected')).toBeVisible();
  await carol.hears(dave);
  for (const tab of tabs) await expect(incomingWindow(tab, 'Carol')).toBeHidden();
  const inCall = () => Promise.all(tabs.map((tab) => callRegion(tab).count()));
  await expect.poll(async () => (await inCall()).sort()).toEqual([0, 1]);
  const loser = (await inCall()).indexOf(0) === 0 ? dave.page : otherTab;
  await expect(moveCallHere(loser)).toBeVisible();
  await expect(alerts(loser)).toHaveCount(0);
  await disconnect(carol.page).click();
  await expectNoCall(carol);
});

test('Move call here hands a live call to another device, and the other side never sees or hears the person leave', async ({
  person,
}) => {
  const [alice, bob] = [await person('alice'), await person('bob')];
  await talk(alice, bob);
  const phone = await person('bob', { ownSignIn: true, toneHz: 900 });
  await expect(moveCallHere(phone.page)).toBeVisible();

  const otherSide = await sampleOtherSide(alice.page, 'Bob');
  await moveCallHere(phone.page).click();
  await expect(callPhase(phone.page, 'connected')).toBeVisible();
  await expect(callRegion(bob.page)).toBeHidden();
  await expect(moveCallHere(bob.page)).toBeVisible();
  await alice.hears(phone);
  const samples = await otherSide.stop();

  expect(samples.length).toBeGreaterThan(20);
  expect(samples.filter((sample) => sample.timesInList !== 1)).toEqual([]);
  expect(samples.filter((sample) => sample.words !== '')).toEqual([]);
  expect(samples.filter((sample) => sample.phase !== 'connected')).toEqual([]);
  expect(samples.filter((sample) => sample.loudness < 0.01)).toEqual([]);
  // Both microphones are in the room for a while; the older is played only until the newer is heard.
  expect(samples.filter(({ voices }) => voices === 0)).toEqual([]);
  expect(samples.filter(({ voices }) => voices > 1).length).toBeLessThanOrEqual(10);
  await phone.hears(alice);
  await bob.hearsNothing();

  await disconnect(phone.page).click();
  await expectNoCall(alice, phone);
  await expect(moveCallHere(bob.page)).toBeHidden();
});
