import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startApp } from '../../tests/support/running-app.ts';
import { root } from '../paths.mjs';
import { say } from '../progress.mjs';
import { startFloor } from './floor-process.mjs';
import { measurePairs } from './pairs.mjs';
import { ask, benchSlot, listen, seedConversation, seedPeople } from './people.mjs';

/** @typedef {import('./people.mjs').Person} Person */
/** @typedef {import('./people.mjs').Listener} Listener */

const floorScript = join(root, 'scripts/bench/floor-streams.mjs');
/** A browser may open 64 streams; few people, so that what is measured are streams and not what snapshots hold. */
const streamsEach = 25;
const openedAtOnce = 25;

/** Open before anything is counted, so that what a process takes for its first streams is no stream's. */
const openedBefore = 500;

/** Memory of an open stream of five thousand, in KiB, beside a bare stream server's. */
export const measureStreamMemory = () => measureMemory(5000, streamsEach);
/** Memory of a person who only has the app open, in KiB: a community of a thousand people, with one stream each. */
export const measureIdlePeople = () => measureMemory(1000, 1);

async function measureMemory(/** @type {number} */ count, /** @type {number} */ each) {
  return withBoth(async ({ app, floor }) => {
    const people = await seedPeople(app, (openedBefore + count) / each);
    const cookieOf = (/** @type {number} */ at) => people[at % people.length]?.cookie;
    const open = async (/** @type {number} */ upTo, from = 0) => {
      await openStreams(`${app.url}/api/events`, upTo, cookieOf, from);
      await openStreams(`${floor.url}/events`, upTo, () => '', from);
    };
    await open(openedBefore);
    const [appBefore, floorBefore] = [residentKib(app.pids().app), residentKib(floor.pid)];
    await open(openedBefore + count, openedBefore);
    return {
      ours: (residentKib(app.pids().app) - appBefore) / count,
      floor: (residentKib(floor.pid) - floorBefore) / count,
    };
  });
}

/** A message → the one stream that it is for, with 5,000 open, beside 10 open: milliseconds. */
export async function measureDelivery(/** @type {number} */ count) {
  const [few, many] = [await quietApp(10), await quietApp(5000)];
  try {
    return await measurePairs('delivery', count, { ours: many.deliver, floor: few.deliver });
  } finally {
    await few.stop();
    await many.stop();
  }
}

/** An app with so many open streams, one of them Bob's, whom twenty people write to in turn. */
async function quietApp(/** @type {number} */ streams) {
  const app = await startApp({}, streams > 100 ? benchSlot + 1 : benchSlot);
  const [bob, ...others] = await seedPeople(app, Math.max(21, streams / streamsEach));
  if (!bob) throw new Error('Bob is missing');
  const writers = others.slice(0, 20);
  await openStreams(`${app.url}/api/events`, streams - 1, (at) => others[at % others.length]?.cookie);
  const stream = await listenAndAnswer(app.url, bob);
  const places = [];
  for (const writer of writers) {
    const given = { cookie: writer.cookie, body: { userIds: [bob.id] } };
    places.push(JSON.parse(await ask(`${app.url}/api/conversations`, 'POST', given)).id);
  }
  let sent = 0;
  const deliver = async () => {
    const at = sent++ % writers.length;
    const text = `message ${crypto.randomUUID()}`;
    const arrives = stream.until(text);
    const since = performance.now();
    const given = { cookie: writers[at]?.cookie ?? '', body: { text } };
    const answered = ask(`${app.url}/api/conversations/${places[at]}/messages`, 'POST', given);
    const ms = (await arrives) - since;
    await answered;
    return ms;
  };
  return { deliver, stop: () => app.stop() };
}

/** A message to a thousand open streams → the last of them, beside a bare loop of a thousand writes: milliseconds. */
export async function measureBroadcast(/** @type {number} */ count) {
  return withBoth(async ({ app, floor }) => {
    const people = await seedPeople(app, 40);
    const channel = seedConversation(app, 'channel', people);
    const ours = await openStreams(`${app.url}/api/events`, 1000, (at) => people[at % people.length]?.cookie);
    const bare = await openStreams(`${floor.url}/events`, 1000, () => '');
    let sent = 0;
    return measurePairs('broadcast', count, {
      ours: () =>
        untilAll(ours, (text) => {
          const given = { cookie: people[sent++ % people.length]?.cookie ?? '', body: { text } };
          return ask(`${app.url}/api/conversations/${channel}/messages`, 'POST', given);
        }),
      floor: () => untilAll(bare, (text) => ask(`${floor.url}/all`, 'POST', { body: text })),
    });
  });
}

/**
 * Milliseconds until the last of the streams has what is sent; none may miss it.
 * @param {readonly Listener[]} streams
 * @param {(text: string) => Promise<unknown>} send
 */
export async function untilAll(streams, send) {
  const text = `message ${crypto.randomUUID()}`;
  const arrivals = streams.map((stream) => stream.until(text));
  const since = performance.now();
  const answered = send(text);
  const last = Math.max(...(await Promise.all(arrivals))) - since;
  await answered;
  return last;
}

/**
 * @template T
 * @param {(both: { app: import('../../tests/support/running-app.ts').RunningApp, floor: Awaited<ReturnType<typeof startFloor>> }) => Promise<T>} work
 */
export async function withBoth(work) {
  const app = await startApp({}, benchSlot);
  try {
    const floor = await startFloor(floorScript, app);
    try {
      return await work({ app, floor });
    } finally {
      await floor.stop();
    }
  } finally {
    await app.stop();
  }
}

/** The stream of a browser that is awake. */
export const listenAndAnswer = (/** @type {string} */ url, /** @type {Person} */ { cookie }) =>
  listen(`${url}/api/events`, cookie, () => {
    ask(`${url}/api/events/alive`, 'POST', { cookie, body: {} }).catch(() => {});
  });

async function openStreams(
  /** @type {string} */ url,
  /** @type {number} */ upTo,
  /** @type {(at: number) => string | undefined} */ cookieOf,
  from = 0,
) {
  /** @type {Listener[]} */
  const open = [];
  let next = from;
  const worker = async () => {
    while (next < upTo) {
      const at = next++;
      open.push(await listen(`${url}?as=${at}`, cookieOf(at)));
      if (open.length % 1000 === 0) say('Bench', `${open.length} of ${upTo - from} streams open`);
    }
  };
  await Promise.all(Array.from({ length: openedAtOnce }, worker));
  return open;
}

/** What this process holds in memory, as the kernel counts it. */
function residentKib(/** @type {number} */ pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}
