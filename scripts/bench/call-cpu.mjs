import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from '@playwright/test';
import { startApp } from '../../tests/support/running-app.ts';
import { accept, callTimer } from '../../tests/support/screens.ts';
import { say } from '../progress.mjs';
import { callFrom, openBrowser, openPeople } from './bench-pages.mjs';
import { compare } from './pairs.mjs';
import { benchSlot } from './people.mjs';

/** The kernel counts processor time in hundredths of a second: short windows would round it. */
const windowMs = 10_000;

/**
 * Processor time of the app and of livekit-server for a minute of one call between two people, in milliseconds. Both are
 * read in the same windows; LiveKit's is compared to itself from window to window.
 */
export async function measureCallCpu(/** @type {number} */ count) {
  const app = await startApp({}, benchSlot);
  const browser = await openBrowser();
  try {
    const [caller, callee] = await openPeople(browser, app, 2, () => {});
    if (!caller || !callee) throw new Error('a call takes two');
    await callFrom(caller, callee);
    await accept(callee.page, caller.name).click();
    await expect(callTimer(caller.page)).toBeVisible();
    const { app: appPid, livekit: livekitPid } = app.pids();
    // Entering has its costs behind it by then.
    await pause(windowMs);
    /** @type {[number, number][]} */
    const pairs = [];
    for (let number = 1; number <= count; number += 1) {
      const before = [processorMs(appPid), processorMs(livekitPid)];
      await pause(windowMs);
      const perMinute = (/** @type {number} */ pid, /** @type {number | undefined} */ since) =>
        ((processorMs(pid) - Number(since)) * 60_000) / windowMs;
      pairs.push([perMinute(appPid, before[0]), perMinute(livekitPid, before[1])]);
      if (number % 10 === 0 || number === count) say('Bench', `call-cpu: ${number} of ${count} windows`);
    }
    const same = pairs
      .slice(1)
      .map(([, livekit], at) => /** @type {[number, number]} */ ([livekit, pairs[at]?.[1] ?? 0]));
    return compare(pairs, same);
  } finally {
    await browser.close();
    await app.stop();
  }
}

/** User and system time of this process so far. */
function processorMs(/** @type {number} */ pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // After the command's name, which may hold spaces: user and system time are the 12th and 13th field.
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13);
  return (Number(user) + Number(system)) * 10;
}
