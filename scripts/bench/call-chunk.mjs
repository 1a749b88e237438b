import { expect } from '@playwright/test';
import { build } from 'vite';
import { startApp } from '../../tests/support/running-app.ts';
import { accept, callTimer, openConversation } from '../../tests/support/screens.ts';
import { watchRequests } from '../../tests/support/settled-page.ts';
import { root } from '../paths.mjs';
import { callFrom, endCall, openBrowser, openPeople } from './bench-pages.mjs';
import { compressedBytes, pageWeight, sum } from './page-weight.mjs';
import { benchSlot } from './people.mjs';

/** What a well-known demo page of LiveKit's loads for a call, gzip. */
const demoPageBytes = 343_000;

/**
 * What a page loads when it calls, besides what it had loaded once it had settled, in bytes of scripts after gzip;
 * beside a bundle of LiveKit's room alone. The noise filter is switched off: it is loaded in the call.
 * @returns {Promise<{ ours: number, floor: number }>}
 */
export async function measureCallChunk() {
  return { ours: (await weighCall()).call, floor: await weighRoom() };
}

/**
 * The scripts of the first load of a conversation and those of a call, in bytes after gzip; beside them what the page
 * loads in between, once it has settled, which a call does not need.
 * @returns {Promise<{ ours: number, floor: number, beside: Record<string, number> }>}
 */
export async function measureCallPage() {
  const { first, settled, call } = await weighCall();
  return { ours: first + call, floor: demoPageBytes, beside: { 'loaded in between': settled - first } };
}

async function weighCall() {
  const app = await startApp({}, benchSlot);
  const browser = await openBrowser();
  try {
    const [caller, callee] = await openPeople(browser, app, 2, loadWithTheCall);
    if (!caller || !callee) throw new Error('a call takes two');
    /** @type {Map<string, Promise<number>>} */
    const sizes = new Map();
    caller.page.on('response', (response) => {
      if (response.request().resourceType() === 'script')
        sizes.set(response.url(), response.body().then(compressedBytes));
    });
    const { untilSettled } = watchRequests(caller.page);
    const total = async () => (await Promise.all(sizes.values())).reduce((sum, bytes) => sum + bytes, 0);
    await caller.page.reload();
    await untilSettled();
    await openConversation(caller.page, callee.name);
    await untilSettled();
    const settled = await total();
    const html = await (await caller.page.request.get(caller.page.url())).text();
    const named = await pageWeight(html, async (name) =>
      (await caller.page.request.get(`${app.url}/_next/${name}`)).body(),
    );
    const first = sum(named.filter(({ name }) => name.endsWith('.js')));
    await callFrom(caller, callee);
    await accept(callee.page, caller.name).click();
    await expect(callTimer(caller.page)).toBeVisible();
    await untilSettled();
    const call = (await total()) - settled;
    await endCall(caller, callee);
    return { first, settled, call };
  } finally {
    await browser.close();
    await app.stop();
  }
}

/** Runs inside each page: the kit loads the call after four seconds without one; here the call does. */
function loadWithTheCall() {
  const later = globalThis.setTimeout;
  const kitIdleMs = 4000;
  Object.assign(globalThis, {
    setTimeout: (/** @type {() => void} */ work, /** @type {number} */ ms) =>
      ms === kitIdleMs ? 0 : later(work, ms),
  });
}

async function weighRoom() {
  const entry = 'room-alone';
  const built = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    build: { write: false, rolldownOptions: { input: entry } },
    plugins: [
      {
        name: entry,
        resolveId: (id) => (id === entry ? entry : null),
        load: (id) =>
          id === entry ? "import { Room } from 'livekit-client'; globalThis.room = new Room();" : null,
      },
    ],
  });
  if (!('output' in built)) throw new Error('not one build');
  return compressedBytes(
    Buffer.from(built.output.map((one) => (one.type === 'chunk' ? one.code : '')).join('\n')),
  );
}
