import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startApp } from '../../tests/support/running-app.ts';
import { root } from '../paths.mjs';
import { startFloor } from './floor-process.mjs';
import { ask, benchSlot, listen, seed, seedConversation, seedPeople } from './people.mjs';
import { p99 } from './statistics.mjs';

/** @typedef {import('./people.mjs').Person} Person */
/** @typedef {import('../../tests/support/running-app.ts').RunningApp} RunningApp */

const members = 10_000;
const returning = 2000;
const directEach = 5;
/** People who call in turn, each rarely enough for their limit. */
const pairs = 200;
const betweenRingsMs = 50;

/** 2,000 people of 10,000 who return in the same moment → the last has their snapshot, beside a bare stream server: milliseconds. */
export async function measureReturn() {
  return withCommunity(async ({ app, people }) => {
    const ours = await returnAtOnce(people, (person) => listen(`${app.url}/api/events`, person.cookie));
    const floor = await startFloor(join(root, 'scripts/bench/floor-streams.mjs'), app);
    try {
      let at = 0;
      return { ours, floor: await returnAtOnce(people, () => listen(`${floor.url}/events?as=${at++}`)) };
    } finally {
      await floor.stop();
    }
  });
}

/** The 99th percentile of rings, from the request to the callee's stream, while 2,000 people return, beside while none do: milliseconds. */
export async function measureRingsMeanwhile() {
  return withCommunity(async ({ app, people, ring }) => {
    let isOver = false;
    const quiet = await ringUntil(ring, (count) => count === pairs / 2);
    const returned = returnAtOnce(people, (person) => listen(`${app.url}/api/events`, person.cookie));
    const marked = returned.finally(() => {
      isOver = true;
    });
    const meanwhile = await ringUntil(ring, (count) => isOver || count === pairs / 2);
    const allMs = await marked;
    return {
      ours: p99(meanwhile),
      floor: p99(quiet),
      beside: { 'the last snapshot': allMs, 'the longest ring': Math.max(...meanwhile) },
    };
  });
}

/** Rings so often until it is enough, whether or not the ring before has arrived. */
async function ringUntil(
  /** @type {(at: number) => Promise<number>} */ ring,
  /** @type {(count: number) => boolean} */ isEnough,
) {
  const rings = [];
  for (; !isEnough(rings.length); await pause(betweenRingsMs)) rings.push(ring(nextPair++ % pairs));
  return Promise.all(rings);
}
let nextPair = 0;

async function returnAtOnce(
  /** @type {readonly Person[]} */ people,
  /** @type {(person: Person) => Promise<import('./people.mjs').Listener>} */ open,
) {
  const since = performance.now();
  const streams = await Promise.all(people.slice(0, returning).map(open));
  const ms = performance.now() - since;
  for (const stream of streams) stream.close();
  return ms;
}

/**
 * A community with two channels and five direct conversations for each who returns, and people besides who call.
 * @template T
 * @param {(given: { app: RunningApp, people: Person[], ring: (at: number) => Promise<number> }) => Promise<T>} work
 */
async function withCommunity(work) {
  const app = await startApp({}, benchSlot);
  try {
    const people = await seedPeople(app, members);
    for (const _ of [0, 1]) seedConversation(app, 'channel', people);
    seedDirect(app, people);
    const calling = people.slice(-2 * pairs);
    const callees = calling.slice(pairs);
    const streams = await Promise.all(callees.map(({ cookie }) => listen(`${app.url}/api/events`, cookie)));
    const ring = async (/** @type {number} */ at) => {
      const [caller, callee, stream] = [calling[at], callees[at], streams[at]];
      if (!caller || !callee || !stream) throw new Error('a ring takes two');
      const { cookie, clientId } = caller;
      const arrives = stream.until('"myRing":{"id"');
      const since = performance.now();
      const body = { userId: callee.id, clientId };
      const answered = ask(`${app.url}/api/calls`, 'POST', { cookie, body });
      const ms = (await arrives) - since;
      const { call } = JSON.parse(await answered);
      await ask(`${app.url}/api/calls/${call.id}/leave`, 'POST', { cookie, body: { clientId } });
      return ms;
    };
    return await work({ app, people, ring });
  } finally {
    await app.stop();
  }
}

function seedDirect(/** @type {RunningApp} */ app, /** @type {readonly Person[]} */ people) {
  seed(app, (database) => {
    const make = database.prepare(
      `insert into conversations (id, kind, direct_pair, created_at, last_activity_at) values (?, 'direct', ?, 0, ?)`,
    );
    const add = database.prepare(
      'insert into members (conversation_id, user_id, joined_at) values (?, ?, 0)',
    );
    for (const [at, one] of people.slice(0, returning).entries())
      for (let n = 1; n <= directEach; n += 1) {
        const other = people[(at + n * 997) % members];
        if (!other) continue;
        const id = `conv_bench${at}x${n}`;
        make.run(id, [one.id, other.id].sort().join(':'), at);
        for (const { id: userId } of [one, other]) add.run(id, userId);
      }
  });
}
