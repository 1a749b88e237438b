import { join } from 'node:path';
import type { MediaAccess } from '@parley/call-protocol';
import type { Page } from '@playwright/test';
import { RoomServiceClient } from 'livekit-server-sdk';
import { type EarPage, earScript } from '../../scripts/bench/onset.mjs';
import { root } from '../../scripts/paths.mjs';
import { readSecrets } from '../../scripts/secrets.mjs';
import { callFromHeader, expectNoCall, expectTalking } from '../support/calling';
import { makeGroup } from '../support/groups';
import { expect, test } from '../support/journey';
import { readRawSignals } from '../support/raw-signals';
import type { RunningApp } from '../support/running-app';
import {
  accept,
  callControl,
  callRegion,
  decline,
  disconnect,
  headerCall,
  incomingWindow,
  participant,
} from '../support/screens';
import { readVoices } from '../support/voice';

/** Case 53 of docs/cases.md: no word before the accept, and no sign of who listens. */

const context = { bypassCSP: true };

/** LiveKit's words to a client that is alone: of its own connection, track and room. */
const ordinary = new Set([
  ...['join', 'refresh_token', 'answer', 'offer', 'trickle', 'track_published', 'update', 'room_update'],
  ...['connection_quality', 'pong', 'pong_resp', 'leave'],
]);

/** An audio thread on every remote track; the first sound that it receives settles `heardAt`. */
async function giveEar(page: Page) {
  await page.addInitScript(earScript);
  await page.reload();
  await page.evaluate(() => (globalThis as EarPage).armEar());
}

const hasHeard = (page: Page) =>
  page.evaluate(() => Promise.race([(globalThis as EarPage).heardAt?.then(() => true), false]));
/** In Unix milliseconds. */
const heardAt = (page: Page) =>
  page.evaluate(async () => performance.timeOrigin + Number(await (globalThis as EarPage).heardAt));
const acceptedAt = (page: Page) =>
  page.evaluate(() => performance.timeOrigin + Number((globalThis as EarPage).acceptedAt));

/** Who is connected to the one room there is, the hidden ones included, as LiveKit lists them. */
function connectionsTo(app: RunningApp) {
  const { livekitKey, livekitSecret } = readSecrets(app.dataDir);
  const rooms = new RoomServiceClient(`http://127.0.0.1:${app.livekitPort}`, livekitKey, livekitSecret);
  return async () => {
    const [room] = await rooms.listRooms();
    return room ? rooms.listParticipants(room.name) : [];
  };
}

/** The pass that this page gets while it rings. */
async function passOf(page: Page): Promise<MediaAccess> {
  const answer = await page.waitForResponse((response) => response.url().endsWith('/ringing'));
  return (await answer.json()).media;
}

/** Joins with a pass, apart from Parley. @returns how the connection ended, and whether it heard a sound */
async function listenWith(page: Page, app: RunningApp, { url, token }: MediaAccess) {
  await page.addInitScript(earScript);
  await page.goto(`${app.url}/api/health`);
  await page.addScriptTag({ path: join(root, 'node_modules/livekit-client/dist/livekit-client.umd.js') });
  await page.evaluate(() => (globalThis as EarPage).armEar());
  const end = await page.evaluate(
    async ([address, pass]) => {
      const { Room } = Reflect.get(globalThis, 'LivekitClient') as typeof import('livekit-client');
      const room = new Room();
      const removed = new Promise((resolve) => room.on('disconnected' as never, resolve as never));
      try {
        await room.connect(address, pass, { maxRetries: 0 });
      } catch {
        return 'refused';
      }
      await removed;
      return 'removed';
    },
    [url, token] as const,
  );
  return [end, await hasHeard(page)];
}

const receives = (page: Page) => expect.poll(async () => (await readVoices(page)).length).toBe(1);

test('while it rings no word is heard at either side, and nothing says who listens', {
  tag: '@case-53',
}, async ({ person, app }) => {
  const [alice, bob] = [await person('alice', { context }), await person('bob', { context })];
  const raw = readRawSignals(alice.page);
  for (const { page } of [alice, bob]) await giveEar(page);
  const connections = connectionsTo(app);
  const pass = passOf(bob.page);
  await callFromHeader(alice, bob);
  await expect
    .poll(async () => (await connections()).map(({ tracks }) => tracks.length).sort())
    .toEqual([0, 1]);
  await receives(bob.page);
  const listener = (await connections()).find(({ tracks }) => tracks.length === 0);
  await expect(incomingWindow(bob.page, 'Alice')).toBeHidden({ timeout: 90_000 });
  await expect.poll(connections).toEqual([]);
  expect([await hasHeard(alice.page), await hasHeard(bob.page)]).toEqual([false, false]);

  const said = raw();
  const all = said.map(({ text }) => text).join(' ');
  for (const id of [listener?.sid, listener?.identity.split('.')[0]]) expect(all).not.toContain(id);
  expect(said.flatMap(({ roomSize }) => roomSize ?? []).filter((size) => size > 1)).toEqual([]);
  expect(said.map(({ kind }) => kind).filter((kind) => !ordinary.has(kind))).toEqual([]);
  const page = await bob.page.context().newPage();
  expect(await listenWith(page, app, await pass)).toEqual(['refused', false]);
});

test('a decline ends the room, and the pass with it', { tag: '@case-53' }, async ({ person, app }) => {
  const [alice, bob] = [await person('alice', { context }), await person('bob', { context })];
  for (const { page } of [alice, bob]) await giveEar(page);
  const connections = connectionsTo(app);
  const pass = passOf(bob.page);
  await callFromHeader(alice, bob);
  await receives(bob.page);
  await decline(bob.page, 'Alice').click();
  await expect.poll(connections, { timeout: 2000 }).toEqual([]);
  expect(await listenWith(await bob.page.context().newPage(), app, await pass)).toEqual(['refused', false]);
  expect([await hasHeard(alice.page), await hasHeard(bob.page)]).toEqual([false, false]);
});

test('accepting goes on in the room: both are heard, and neither is shown as muted', async ({
  person,
  app,
}) => {
  const [alice, carol] = [await person('alice', { context }), await person('carol', { context })];
  for (const { page } of [alice, carol]) await giveEar(page);
  const connections = connectionsTo(app);
  const sockets: string[] = [];
  carol.page.on('websocket', (socket) => socket.url().includes('/rtc') && sockets.push(socket.url()));
  await callFromHeader(alice, carol);
  await receives(carol.page);
  const before = (await connections()).map(({ sid }) => sid).sort();
  await expect(callControl(alice.page, 'Microphone')).toHaveAttribute('aria-pressed', 'true');
  await expect(callRegion(alice.page)).not.toContainText('Muted');
  expect([await hasHeard(alice.page), await hasHeard(carol.page)]).toEqual([false, false]);
  // Nor would anything be heard of it.
  const audible = () =>
    carol.page
      .locator('audio')
      .evaluateAll(
        (all) => all.filter((one) => one instanceof HTMLAudioElement && !one.muted && one.volume > 0).length,
      );
  expect(await audible()).toBe(0);
  await accept(carol.page, 'Alice').click();
  await expectTalking(alice, carol);
  const pressed = await acceptedAt(carol.page);
  expect((await heardAt(carol.page)) - pressed).toBeGreaterThan(0);
  expect((await heardAt(alice.page)) - pressed).toBeGreaterThan(0);
  expect((await connections()).map(({ sid }) => sid).sort()).toEqual(before);
  expect(sockets).toHaveLength(1);
  await expect(participant(carol.page, 'Alice')).not.toContainText('Muted');
  await expect(participant(alice.page, 'Carol')).not.toContainText('Muted');
  await disconnect(alice.page).click();
  await expectNoCall(alice, carol);
});

test('a caller who mutes while it rings stays muted', async ({ person }) => {
  const [bob, carol] = [await person('bob'), await person('carol')];
  await callFromHeader(bob, carol);
  await receives(carol.page);
  await callControl(bob.page, 'Microphone').click();
  await expect(callControl(bob.page, 'Microphone')).toHaveAttribute('aria-pressed', 'false');
  await accept(carol.page, 'Bob').click();
  await bob.hears(carol);
  await carol.hearsNothing();
  await callControl(bob.page, 'Microphone').click();
  await expectTalking(bob, carol);
  await disconnect(carol.page).click();
  await expectNoCall(bob, carol);
});

test('accepted by another device: that one talks, and the tab that listened hears nothing of it', {
  tag: '@case-53',
}, async ({ person, app }) => {
  const [alice, bob] = [await person('alice', { context }), await person('bob', { context })];
  for (const { page } of [alice, bob]) await giveEar(page);
  const pass = passOf(bob.page);
  await callFromHeader(alice, bob);
  await receives(bob.page);
  const phone = await person('bob', { otherOrigin: true });
  await accept(phone.page, 'Alice').click();
  await expectTalking(alice, phone);
  await expect(incomingWindow(bob.page, 'Alice')).toBeHidden();
  const [, hasHeardAgain] = await listenWith(await bob.page.context().newPage(), app, await pass);
  expect(hasHeardAgain).toBe(false);
  expect(await hasHeard(bob.page)).toBe(false);
  await Promise.all([alice.hears(phone), phone.hears(alice)]);
  await disconnect(alice.page).click();
  await expectNoCall(alice, phone);
});

test('a camera that is on while it rings is seen after the accept, and not before', async ({ person }) => {
  const [bob, alice] = [await person('bob'), await person('alice')];
  const videos = () =>
    alice.page.evaluate(
      () => [...document.querySelectorAll('video')].filter((one) => one.videoWidth > 0).length,
    );
  await callFromHeader(bob, alice);
  await receives(alice.page);
  await callControl(bob.page, 'Camera').click();
  await expect(callControl(bob.page, 'Camera')).toHaveAttribute('aria-pressed', 'true');
  // What LiveKit lets no one receive is not received either by the microphone's own subscription.
  await expect.poll(async () => (await readVoices(alice.page)).length).toBe(0);
  expect(await videos()).toBe(0);
  await accept(alice.page, 'Bob').click();
  await expectTalking(bob, alice);
  await expect.poll(videos).toBeGreaterThan(0);
  await disconnect(alice.page).click();
  await expectNoCall(bob, alice);
});

test('in a group nothing connects while it rings', async ({ person, app }) => {
  const [alice, bob, carol] = [await person('alice'), await person('bob'), await person('carol')];
  await makeGroup(alice, [bob, carol], 'Three');
  const sockets: string[] = [];
  bob.page.on('websocket', (socket) => socket.url().includes('/rtc') && sockets.push(socket.url()));
  const confirmed = bob.page.waitForResponse((response) => response.url().endsWith('/ringing'));
  await headerCall(alice.page).click();
  await expect(incomingWindow(bob.page, 'Alice', 'Three')).toBeVisible();
  expect(await (await confirmed).json()).not.toHaveProperty('media');
  await expect.poll(async () => (await connectionsTo(app)()).length).toBe(1);
  expect(sockets).toEqual([]);
  await bob.page.getByRole('button', { name: 'Decline', exact: true }).click();
  await disconnect(alice.page).click();
});
