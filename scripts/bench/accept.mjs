import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect } from '@playwright/test';
import { RoomServiceClient } from 'livekit-server-sdk';
import { grantedArgs, headlessChromiumPath } from '../../tests/support/chromium.ts';
import { accept, callRegion, disconnect, headerCall, openConversation } from '../../tests/support/screens.ts';
import { switchNoiseFilterOff } from '../../tests/support/voice-in-page.ts';
import { signInAt } from '../../tests/support/web-person.ts';
import { placeFarAway, placeNearby } from './accept-places.mjs';
import { earScript } from './onset.mjs';
import { measurePairs } from './pairs.mjs';
import { writeTone } from './tone.mjs';

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('./onset.mjs').EarPage} EarPage */

/** Each calls each of the others: at most three calls a minute go to the same person (lib/calls/commands/ring-limits.ts). */
const names = ['alice', 'bob', 'carol'];
const pairs = names.flatMap((caller) =>
  names.flatMap((callee) => (caller === callee ? [] : [{ caller, callee }])),
);

/** @typedef {{ isPreconnected?: boolean, heard?: 'caller' | 'callee', farLoss?: number }} AcceptOptions */

/**
 * Accept → the first sound, in milliseconds: both people in one Chromium, so that there is one clock; both microphones a
 * continuous tone; heard is the first sample above silence. The floor is the same for all: the caller is heard.
 * @param {number} count of pairs
 * @param {AcceptOptions} options `isPreconnected`: the callee listens while it rings; `heard`: whose sound counts in
 *   Parley, by default the caller's; `farLoss`: pages are 50 ms away, and this share of the media's datagrams is lost
 */
export async function measureAccept(count, { isPreconnected = false, heard = 'caller', farLoss } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'));
  const tone = join(folder, 'tone.wav');
  writeTone(tone);
  const settings = { CALL_PRECONNECT: isPreconnected ? 'on' : 'off' };
  const place = await (farLoss === undefined ? placeNearby(settings) : placeFarAway(settings, farLoss));
  const { app, livekit } = place;
  const rooms = new RoomServiceClient(livekit.url, livekit.key, livekit.secret);
  const browser = await chromium.launch({
    args: [...grantedArgs, `--use-file-for-fake-audio-capture=${tone}`],
    ...(headlessChromiumPath && { executablePath: headlessChromiumPath }),
  });
  const openPage = async () => {
    const context = await browser.newContext({ bypassCSP: true, permissions: ['microphone'] });
    const page = await context.newPage();
    await page.addInitScript(earScript);
    await page.addInitScript(switchNoiseFilterOff);
    return page;
  };
  try {
    const people = new Map();
    for (const name of names) {
      const page = await openPage();
      const { cookies, request } = await signInAt(app.url, name, 'parley-demo');
      const { users } = await (await request('GET', '/api/users')).json();
      for (const { id, username } of users)
        if (username !== name && names.includes(username))
          await request('POST', '/api/conversations', { userIds: [id] });
      await page.context().addCookies(cookies().map((cookie) => ({ ...cookie, url: place.url })));
      await page.goto(place.url);
      people.set(name, page);
    }
    // As many pages that take as many turns: a page whose scripts have run more often is quicker.
    const floorPages = new Map();
    for (const name of names) {
      floorPages.set(name, await openPage());
      await floorPages.get(name).goto(place.floorUrl);
    }
    let calls = 0;
    let floorCalls = 0;
    return await measurePairs(`accept, ${heard} heard`, count, {
      ours: async (pair) => {
        const { caller, callee } = pairs[calls++ % pairs.length] ?? { caller: '', callee: '' };
        const ms = await acceptInParley(people.get(caller), people.get(callee), {
          ...{ caller, callee, rooms, isPreconnected, heard },
          begin: () => place.begin(pair),
        });
        place.check();
        return ms;
      },
      floor: async (pair) => {
        const { caller, callee } = pairs[floorCalls % pairs.length] ?? { caller: '', callee: '' };
        const ms = await acceptOnFloor(floorPages.get(caller), floorPages.get(callee), {
          ...{ room: `floor-${floorCalls++}`, rooms },
          begin: () => place.begin(pair),
        });
        place.check();
        return ms;
      },
    });
  } finally {
    await browser.close();
    await place.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @typedef {{ rooms: RoomServiceClient, begin: () => void }} Turn `begin` is called just before the press */

async function acceptInParley(
  /** @type {Page} */ callerPage,
  /** @type {Page} */ calleePage,
  /** @type {Turn & { caller: string, callee: string, isPreconnected: boolean, heard: string }} */ how,
) {
  const { caller, callee, rooms } = how;
  const shown = (/** @type {string} */ name) => `${name[0]?.toUpperCase()}${name.slice(1)}`;
  await openConversation(calleePage, 'general');
  await openConversation(callerPage, shown(callee));
  await headerCall(callerPage).click();
  const button = accept(calleePage, shown(caller));
  await button.waitFor();
  await haveTracks(rooms, how.isPreconnected ? [0, 1] : [1]);
  // Connected, not connecting: a person needs longer to see who calls.
  if (how.isPreconnected) await calleePage.locator('audio[data-call-audio]').waitFor({ state: 'attached' });
  const heardIn = how.heard === 'caller' ? calleePage : callerPage;
  how.begin();
  const heardMs = await timeUntilHeard(heardIn, calleePage, () => button.click());
  await disconnect(callerPage).click();
  for (const page of [callerPage, calleePage]) await expect(callRegion(page)).toBeHidden();
  return heardMs;
}

async function acceptOnFloor(
  /** @type {Page} */ caller,
  /** @type {Page} */ callee,
  /** @type {Turn & { room: string }} */ { room, rooms, begin },
) {
  const call = (/** @type {Page} */ page, /** @type {string} */ code) => page.evaluate(code);
  await rooms.createRoom({ name: room });
  await call(caller, `join('${room}', 'caller')`);
  await haveTracks(rooms, [1]);
  await call(callee, `globalThis.invitation = ['${room}', 'callee']`);
  const press = () => callee.getByRole('button', { name: 'Accept' }).click();
  begin();
  const heardMs = await timeUntilHeard(callee, callee, press);
  for (const page of [caller, callee]) await call(page, 'leave()');
  await rooms.deleteRoom(room);
  return heardMs;
}

/** Resolves once in the one room there is LiveKit receives so many tracks of each connection, the fewest first. */
async function haveTracks(/** @type {RoomServiceClient} */ rooms, /** @type {number[]} */ tracksOfEach) {
  await expect
    .poll(
      async () => {
        const [room, ...others] = await rooms.listRooms();
        const people = room && others.length === 0 ? await rooms.listParticipants(room.name) : [];
        return people.map(({ tracks }) => tracks.length).sort();
      },
      { intervals: [50], timeout: 20_000 },
    )
    .toEqual(tracksOfEach);
}

/** Milliseconds from the click on **Accept** in one page to the first sound in another, or in the same. */
async function timeUntilHeard(
  /** @type {Page} */ page,
  /** @type {Page} */ pressed,
  /** @type {() => Promise<void>} */ press,
) {
  for (const one of new Set([page, pressed]))
    await one.evaluate(() => /** @type {EarPage} */ (globalThis).armEar());
  await press();
  const heardAt = await page.evaluate(
    async () => performance.timeOrigin + Number(await /** @type {EarPage} */ (globalThis).heardAt),
  );
  const acceptedAt = await pressed.evaluate(
    () => performance.timeOrigin + Number(/** @type {EarPage} */ (globalThis).acceptedAt),
  );
  return heardAt - acceptedAt;
}
