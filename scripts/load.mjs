/**
 * `npm run load [-- NAME…]`: people with open streams who call and write to one another, at a fixed rate, on SQLite
 * (`sqlite`), on PostgreSQL with one server (`postgres`) and with two behind Caddy (`two`), one after the other. Prints how
 * often each kind of work was done, how long it took, and what failed. `--streams N` (2,000), `--seconds N` (600),
 * `--calls N` and `--messages N` a second (5 and 20).
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { continueOnPinnedNode } from './pinned-node.mjs';
import { runScript, StartError, say } from './progress.mjs';

const { values, positionals } = parseArgs({
  options: {
    streams: { type: 'string', default: '2000' },
    seconds: { type: 'string', default: '600' },
    calls: { type: 'string', default: '5' },
    messages: { type: 'string', default: '20' },
  },
  allowPositionals: true,
});
/** Streams that are opened at a time. */
const openedAtOnce = 25;

/** @typedef {import('./load/mixed-work.mjs').Pair} Pair */
/** @typedef {{ streams: number, seconds: number, calls: number, messages: number }} Rates */

await runScript(async () => {
  await continueOnPinnedNode();
  const rates = readRates();
  const { arrangements } = await import('./load/arrangements.mjs');
  const names = positionals.length > 0 ? positionals : Object.keys(arrangements);
  for (const name of names)
    if (!(name in arrangements))
      throw new StartError(`There is no ${name}, only ${Object.keys(arrangements).join(', ')}.`);
  const { buildApp } = await import('./build.mjs');
  const { readSettings } = await import('./settings.mjs');
  const { findLivekitBinary } = await import('./livekit-binary.mjs');
  const { cacheDir, distDir } = readSettings({ ...process.env, PARLEY_URL: '' });
  process.env.LIVEKIT_SERVER_BIN = await findLivekitBinary({ cacheDir, env: process.env });
  await buildApp({ distDir, env: process.env });
  let failures = 0;
  for (const name of names) failures += await measure(name, rates);
  process.exit(failures > 0 ? 1 : 0);
});

/** @returns {Rates} */
function readRates() {
  const numberOf = (/** @type {keyof typeof values} */ name) => {
    const number = Number(values[name]);
    if (Number.isFinite(number) && number >= 0) return number;
    throw new StartError(`Say --${name} as a number.`);
  };
  return {
    streams: numberOf('streams'),
    seconds: numberOf('seconds'),
    calls: numberOf('calls'),
    messages: numberOf('messages'),
  };
}

/** @returns {Promise<number>} how much failed */
async function measure(/** @type {string} */ name, /** @type {Rates} */ rates) {
  const { arrangements } = await import('./load/arrangements.mjs');
  const { processorMs } = await import('./bench/processor-time.mjs');
  const { makeTally } = await import('./load/tally.mjs');
  const start = arrangements[name];
  if (!start) return 0;
  say('Load', `${name}: starting`);
  const { app, pids, stop } = await start();
  try {
    const tally = makeTally();
    const pairs = await openPairs(app, rates.streams);
    const processors = () => pids().map(processorMs);
    const before = processors();
    const ownBefore = process.cpuUsage();
    await workFor(app.url, pairs, rates, tally);
    const used = processors().map((ms, at) => (ms - (before[at] ?? 0)) / (10 * rates.seconds));
    const own = process.cpuUsage(ownBefore);
    console.log(
      `\n  ${name}: ${pairs.length * 2} streams, ${rates.seconds} s, ${new Date().toISOString()}, load ${loadavg()
        .map((one) => one.toFixed(1))
        .join(' ')}`,
    );
    console.log(
      `  processor of each server ${used.map((percent) => `${percent.toFixed(0)} %`).join(', ')}; of this driver ${((own.user + own.system) / 1e4 / rates.seconds).toFixed(0)} %`,
    );
    tally.print(rates.seconds);
    return tally.failures();
  } finally {
    await stop();
  }
}

/** People in pairs who know each other, each with an open stream. @returns {Promise<Pair[]>} */
async function openPairs(
  /** @type {import('./bench/write-rows.mjs').ServedApp} */ app,
  /** @type {number} */ streams,
) {
  const { ask, seedPeople } = await import('./bench/people.mjs');
  const { listenAndAnswer } = await import('./bench/streams.mjs');
  const people = await seedPeople(app, 2 * Math.ceil(streams / 2));
  /** @type {Pair[]} */
  const pairs = [];
  let next = 0;
  const worker = async () => {
    while (next < people.length) {
      const [caller, callee] = [people[next], people[next + 1]];
      next += 2;
      if (!caller || !callee) return;
      await listenAndAnswer(app.url, caller);
      const calleeStream = await listenAndAnswer(app.url, callee);
      const given = { cookie: caller.cookie, body: { userIds: [callee.id] } };
      const { id } = JSON.parse(await ask(`${app.url}/api/conversations`, 'POST', given));
      pairs.push({ caller, callee, calleeStream, conversationId: id, isBusy: false });
      if (pairs.length % 250 === 0) say('Load', `${pairs.length * 2} of ${people.length} streams open`);
    }
  };
  await Promise.all(Array.from({ length: openedAtOnce }, worker));
  return pairs;
}

/** Begins work at the given rates, whether what was begun before has ended or not. */
async function workFor(
  /** @type {string} */ url,
  /** @type {Pair[]} */ pairs,
  /** @type {Rates} */ { seconds, calls, messages },
  /** @type {import('./load/mixed-work.mjs').Tally} */ tally,
) {
  const { oneCall, oneMessage } = await import('./load/mixed-work.mjs');
  /** @type {Set<Promise<void>>} */
  const open = new Set();
  const begin = (/** @type {string} */ what, /** @type {() => Promise<void>} */ work) => {
    const done = work()
      .catch((error) => tally.fail(what, error))
      .finally(() => open.delete(done));
    open.add(done);
  };
  let next = 0;
  /** The next pair that is at nothing, so that what a stream brings belongs to one piece of work. */
  const freePair = () => {
    for (let tries = 0; tries < pairs.length; tries += 1) {
      const pair = pairs[next++ % pairs.length];
      if (pair && !pair.isBusy) return pair;
    }
    return undefined;
  };
  const withPair = (/** @type {string} */ what, /** @type {(pair: Pair) => Promise<void>} */ work) => {
    const pair = freePair();
    if (!pair) return tally.fail(what, 'every pair was busy');
    pair.isBusy = true;
    begin(what, async () => {
      try {
        await work(pair);
      } finally {
        pair.isBusy = false;
      }
    });
  };
  let number = 0;
  const timers = [
    calls > 0 &&
      setInterval(() => withPair('call', (pair) => oneCall(url, pair, number++, tally)), 1000 / calls),
    messages > 0 &&
      setInterval(() => withPair('message', (pair) => oneMessage(url, pair, tally)), 1000 / messages),
  ];
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  for (const timer of timers) if (timer) clearInterval(timer);
  await Promise.all(open);
}
