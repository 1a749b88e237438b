import { expect } from '@playwright/test';
import { RoomServiceClient } from 'livekit-server-sdk';
import { startApp } from '../../tests/support/running-app.ts';
import { accept, callRegion, callTimer, disconnect } from '../../tests/support/screens.ts';
import { freePort } from '../free-ports.mjs';
import { readSecrets } from '../secrets.mjs';
import { callFrom, openBrowser, openPeople, turnsOf } from './bench-pages.mjs';
import { serveFloor } from './floor-accept.mjs';
import { serveSink } from './floor-sink.mjs';
import { measurePairs } from './pairs.mjs';
import { benchSlot } from './people.mjs';
import { listenAndAnswer } from './streams.mjs';

const people = 6;

/** **Disconnect** of one of two → the call has ended on the other's event stream, in milliseconds. */
export async function measureLeave(/** @type {number} */ count) {
  const sinkPort = await freePort(5800);
  let appUrl = '';
  const sink = await serveSink(sinkPort, () => appUrl);
  const app = await startApp({ LIVEKIT_WEBHOOK_URL: `http://127.0.0.1:${sinkPort}/webhook` }, benchSlot);
  appUrl = app.url;
  const { livekitKey: key, livekitSecret: secret } = readSecrets(app.dataDir);
  const livekit = `127.0.0.1:${app.livekitPort}`;
  const rooms = new RoomServiceClient(`http://${livekit}`, key, secret);
  const floor = await serveFloor({ port: await freePort(5750), livekitUrl: `ws://${livekit}`, key, secret });
  const browser = await openBrowser();
  try {
    const shown = await openPeople(browser, app, people, notePress);
    const takeTurn = turnsOf(shown);
    const streams = await Promise.all(shown.map((person) => listenAndAnswer(app.url, person)));
    const bare = [];
    for (const _ of [0, 1]) {
      const page = await browser.newPage({ permissions: ['microphone'] });
      await page.addInitScript(notePress);
      await page.goto(floor.url);
      bare.push(page);
    }
    const [leaving, staying] = bare;
    if (!leaving || !staying) throw new Error('a call takes two');
    let floorCalls = 0;
    return await measurePairs('leave', count, {
      ours: async () => {
        const { caller, callee, at } = takeTurn();
        await callFrom(caller, callee);
        await accept(callee.page, caller.name).click();
        for (const { page } of [caller, callee]) await expect(callTimer(page)).toBeVisible();
        await everyoneIsUp(rooms);
        const ends = streams[at]?.until('"status":"ended"');
        await disconnect(caller.page).click();
        // The stream's moment is of this process's clock.
        const endedAt = performance.timeOrigin + Number(await ends);
        const pressedAt = await caller.page.evaluate('pressedAt');
        for (const { page } of [caller, callee]) await expect(callRegion(page)).toBeHidden();
        return endedAt - Number(pressedAt);
      },
      floor: async () => {
        const room = `floor-${floorCalls++}`;
        await rooms.createRoom({ name: room });
        for (const [at, page] of bare.entries()) await page.evaluate(`join('${room}', 'person-${at}')`);
        await everyoneIsUp(rooms);
        const left = sink.left(room, 'person-0');
        await disconnect(leaving).click();
        const ms = Number(await left) - Number(await leaving.evaluate('pressedAt'));
        await staying.evaluate('leave()');
        await rooms.deleteRoom(room);
        return ms;
      },
    });
  } finally {
    await browser.close();
    floor.stop();
    await app.stop();
    sink.stop();
  }
}

/** Resolves once the one room there is has two people, whose microphones LiveKit receives. */
async function everyoneIsUp(/** @type {RoomServiceClient} */ rooms) {
  const people = async () => {
    const [room, ...others] = await rooms.listRooms();
    const inRoom = room && others.length === 0 ? await rooms.listParticipants(room.name) : [];
    return inRoom.map(({ tracks }) => tracks.length);
  };
  await expect.poll(people, { intervals: [50], timeout: 20_000 }).toEqual([1, 1]);
}

/** Runs inside each page: notes the press on **Disconnect**. */
function notePress() {
  addEventListener(
    'click',
    ({ target }) => {
      const label = /** @type {Element} */ (target).closest('button');
      if (`${label?.ariaLabel} ${label?.textContent}`.includes('Disconnect'))
        Object.assign(globalThis, { pressedAt: performance.timeOrigin + performance.now() });
    },
    { capture: true },
  );
}
