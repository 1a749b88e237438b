import { setTimeout as pause } from 'node:timers/promises';
import { expect } from '@playwright/test';
import { startApp } from '../../tests/support/running-app.ts';
import { accept, callTimer } from '../../tests/support/screens.ts';
import { say } from '../progress.mjs';
import { callFrom, endCall, openBrowser, openPeople } from './bench-pages.mjs';
import { compare } from './pairs.mjs';
import { benchSlot } from './people.mjs';
import { processorMs } from './processor-time.mjs';
import { median } from './statistics.mjs';

/** Both people's heartbeats come once in such a window (docs/calls.md, "Realtime"). */
const windowMs = 15_000;
/** What starting or ending a call costs is behind both processes by then. */
const settledMs = 6_000;

/**
 * Processor time that one call between two people adds to the app and to livekit-server, in milliseconds a minute: what
 * each uses with the call less what it uses without, the same two pages being open. Windows take turns (without, with,
 * with, without). What the call adds to LiveKit is compared to itself from pair to pair.
 */
export async function measureCallCpu(/** @type {number} */ count) {
  const app = await startApp({}, benchSlot);
  const browser = await openBrowser();
  try {
    const [caller, callee] = await openPeople(browser, app, 2, () => {});
    if (!caller || !callee) throw new Error('a call takes two');
    const { app: appPid, livekit: livekitPid } = app.pids();
    let isCalling = false;
    const window = async (/** @type {boolean} */ withCall) => {
      if (withCall !== isCalling) {
        if (withCall) await connect(caller, callee);
        else await endCall(caller, callee);
        isCalling = withCall;
        await pause(settledMs);
      }
      const before = [processorMs(appPid), processorMs(livekitPid)];
      await pause(windowMs);
      const perMinute = (/** @type {number} */ pid, /** @type {number | undefined} */ since) =>
        ((processorMs(pid) - Number(since)) * 60_000) / windowMs;
      return { app: perMinute(appPid, before[0]), livekit: perMinute(livekitPid, before[1]) };
    };
    // The first of each runs code that is compiled by then.
    await window(true);
    await window(false);
    const turns = [];
    for (let number = 1; number <= count; number += 1) {
      const first = await window(number % 2 === 0);
      const second = await window(number % 2 === 1);
      turns.push(number % 2 === 0 ? { call: first, idle: second } : { call: second, idle: first });
      if (number % 10 === 0 || number === count) say('Bench', `call-cpu: ${number} of ${count} pairs`);
    }
    /** @type {[number, number][]} */
    const added = turns.map(({ call, idle }) => [call.app - idle.app, call.livekit - idle.livekit]);
    const same = added
      .slice(1)
      .map(([, livekit], at) => /** @type {[number, number]} */ ([livekit, added[at]?.[1] ?? 0]));
    return {
      ...compare(added, same),
      beside: {
        'the app without a call': median(turns.map(({ idle }) => idle.app)),
        'LiveKit without a call': median(turns.map(({ idle }) => idle.livekit)),
      },
    };
  } finally {
    await browser.close();
    await app.stop();
  }
}

async function connect(
  /** @type {import('./bench-pages.mjs').Shown} */ caller,
  /** @type {import('./bench-pages.mjs').Shown} */ callee,
) {
  await callFrom(caller, callee);
  await accept(callee.page, caller.name).click();
  await expect(callTimer(caller.page)).toBeVisible();
}
