import { join } from 'node:path';
import { startApp } from '../../tests/support/running-app.ts';
import { incomingWindow, openConversation } from '../../tests/support/screens.ts';
import { root } from '../paths.mjs';
import { callFrom, endCall, openBrowser, openPeople, turnsOf } from './bench-pages.mjs';
import { startFloor } from './floor-process.mjs';
import { measurePairs } from './pairs.mjs';
import { benchSlot } from './people.mjs';

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {typeof globalThis & { pressedAt?: number, paintedAt?: Promise<number>, awaitPaint: () => void, clear: () => void }} WatchedPage */

const people = 6;

/** Click on **Call** → the callee's window is painted, in milliseconds. */
export async function measureCallWindow(/** @type {number} */ count) {
  const app = await startApp({}, benchSlot);
  const floor = await startFloor(join(root, 'scripts/bench/floor-call.mjs'), app);
  const browser = await openBrowser();
  try {
    const shown = await openPeople(browser, app, people, watch);
    const [bareCaller, bareCallee] = [await browser.newPage(), await browser.newPage()];
    for (const [page, as] of /** @type {const} */ ([
      [bareCaller, 'caller'],
      [bareCallee, 'callee'],
    ])) {
      await page.addInitScript(watch);
      await page.goto(`${floor.url}/?as=${as}`);
    }
    const takeTurn = turnsOf(shown);
    return await measurePairs('call-window', count, {
      ours: async () => {
        const { caller: from, callee: to } = takeTurn();
        await openConversation(from.page, to.name);
        const ms = await untilPainted(from.page, to.page, () => callFrom(from, to));
        await incomingWindow(to.page, from.name).waitFor();
        await endCall(from, to);
        return ms;
      },
      floor: async () => {
        const ms = await untilPainted(bareCaller, bareCallee, () =>
          bareCaller.getByRole('button', { name: 'Call' }).click(),
        );
        await bareCallee.evaluate(() => /** @type {WatchedPage} */ (globalThis).clear());
        return ms;
      },
    });
  } finally {
    await browser.close();
    await floor.stop();
    await app.stop();
  }
}

async function untilPainted(
  /** @type {Page} */ from,
  /** @type {Page} */ to,
  /** @type {() => Promise<void>} */ press,
) {
  await to.evaluate(() => /** @type {WatchedPage} */ (globalThis).awaitPaint());
  await press();
  const paintedAt = await to.evaluate(() => /** @type {WatchedPage} */ (globalThis).paintedAt);
  const pressedAt = await from.evaluate(() => /** @type {WatchedPage} */ (globalThis).pressedAt);
  return Number(paintedAt) - Number(pressedAt);
}

/** Runs inside each page: notes the press on **Call**, and the first frame after a dialog that asks is there. */
function watch() {
  const page = /** @type {WatchedPage} */ (globalThis);
  const now = () => performance.timeOrigin + performance.now();
  addEventListener(
    'click',
    ({ target }) => {
      if (/** @type {Element} */ (target).closest('button')?.textContent?.includes('Call'))
        page.pressedAt = now();
    },
    { capture: true },
  );
  page.awaitPaint = () => {
    page.paintedAt = new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        if (!document.querySelector('[role="alertdialog"]')) return;
        observer.disconnect();
        // The task after a frame's callbacks begins when the frame has been painted.
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(now());
          port2.postMessage(null);
        });
      });
      observer.observe(document, { childList: true, subtree: true });
    });
  };
}
