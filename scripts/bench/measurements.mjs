/**
 * @typedef {object} Measurement
 * @property {string} title what is measured
 * @property {string} floor what it is compared to
 * @property {number} target of ours divided by the floor
 * @property {boolean} [isAtLeast] more is better, and the target is the least
 * @property {number} [plusMs] may come on top of the target
 * @property {number} [p99Target] of the 99th percentiles, of 300 pairs or more
 * @property {string} unit
 * @property {(count: number) => Promise<Result>} measure
 * @typedef {(import('./pairs.mjs').Pairs | { ours: number, floor: number }) & { beside?: Record<string, number> }} Result
 *   two numbers where nothing varies from pair to pair; `beside`: what else was measured, by what it is, in the same unit
 */

/** What `npm run bench` measures, by the names it takes; a measurement's module is loaded when it runs. @type {Record<string, Measurement>} */
export const measurements = {
  'call-window': {
    title: 'Click on Call → the callee’s window is painted',
    floor: 'a room, one write, one event, a painted line',
    target: 1.5,
    p99Target: 2,
    unit: 'ms',
    measure: async (count) => (await import('./call-window.mjs')).measureCallWindow(count),
  },
  accept: {
    title: 'Accept → the caller is heard',
    floor: 'a page with LiveKit’s client only',
    target: 1.15,
    unit: 'ms',
    measure: async (count) => (await import('./accept.mjs')).measureAccept(count),
  },
  'accept-preconnected': {
    title: 'Accept → the caller is heard, connected while it rings',
    floor: 'as for accept',
    target: 0.5,
    unit: 'ms',
    measure: async (count) => (await import('./accept.mjs')).measureAccept(count, { isPreconnected: true }),
  },
  'answer-preconnected': {
    title: 'Accept → the callee is heard, connected while it rings',
    floor: 'as for accept',
    target: 1,
    unit: 'ms',
    measure: async (count) =>
      (await import('./accept.mjs')).measureAccept(count, { isPreconnected: true, heard: 'callee' }),
  },
  'accept-far': {
    title: 'The caller is heard, connected while it rings, 50 ms away',
    floor: 'as for accept, as far away',
    target: 0.35,
    unit: 'ms',
    measure: async (count) =>
      (await import('./accept.mjs')).measureAccept(count, { isPreconnected: true, farLoss: 0 }),
  },
  'accept-far-lossy': {
    title: 'The caller is heard, connected while it rings, 50 ms away, 2 % of the packets lost',
    floor: 'the same on the floor',
    target: 0.35,
    unit: 'ms',
    measure: async (count) =>
      (await import('./accept.mjs')).measureAccept(count, { isPreconnected: true, farLoss: 0.02 }),
  },
  'accept-far-cold': {
    title: 'Accept → the caller is heard, 50 ms away',
    floor: 'as for accept, as far away',
    target: 1.15,
    unit: 'ms',
    measure: async (count) => (await import('./accept.mjs')).measureAccept(count, { farLoss: 0 }),
  },
  'accept-far-cold-lossy': {
    title: 'Accept → the caller is heard, 50 ms away, 2 % of the packets lost',
    floor: 'the same on the floor',
    target: 1.15,
    unit: 'ms',
    measure: async (count) => (await import('./accept.mjs')).measureAccept(count, { farLoss: 0.02 }),
  },
  'starts-next': {
    title: 'Calls started and cancelled a second, 32 at once, beside Next',
    floor: 'the two requests as routes of an empty Next app',
    target: 0.8,
    isAtLeast: true,
    unit: '/s',
    measure: async (count) => (await import('./starts.mjs')).measureStartsOnNext(count),
  },
  starts: {
    title: 'Calls started and cancelled a second, 32 at once, beside bare Node',
    floor: 'the two requests on bare node',
    target: 0.3,
    isAtLeast: true,
    unit: '/s',
    measure: async (count) => (await import('./starts.mjs')).measureStartsOnNode(count),
  },
  'stream-memory': {
    title: 'Memory of one of 5,000 open streams',
    floor: 'a bare stream server',
    target: 2,
    unit: 'KiB',
    measure: async () => (await import('./streams.mjs')).measureStreamMemory(),
  },
  delivery: {
    title: 'Message → the one stream that it is for, 5,000 open',
    floor: 'the same with 10 open',
    target: 1.2,
    unit: 'ms',
    measure: async (count) => (await import('./streams.mjs')).measureDelivery(count),
  },
  broadcast: {
    title: 'Message → the last of 1,000 streams',
    floor: 'a bare loop of 1,000 writes',
    target: 3,
    unit: 'ms',
    measure: async (count) => (await import('./streams.mjs')).measureBroadcast(count),
  },
  return: {
    title: '2,000 people of 10,000 return at once → the last has their snapshot',
    floor: 'a bare stream server without snapshots',
    target: 0,
    plusMs: 10_000,
    unit: 'ms',
    measure: async () => (await import('./reconnect.mjs')).measureReturn(),
  },
  'rings-meanwhile': {
    title: 'Rings while 2,000 people return at once, 99th percentile',
    floor: 'the same while none do',
    target: 0,
    plusMs: 250,
    unit: 'ms',
    measure: async () => (await import('./reconnect.mjs')).measureRingsMeanwhile(),
  },
  'group-ring': {
    title: 'Call in a group of 25 → the last of 24 is rung',
    floor: 'a room, one write, a bare loop of 24 writes',
    target: 2,
    unit: 'ms',
    measure: async (count) => (await import('./group-ring.mjs')).measureGroupRing(count),
  },
  leave: {
    title: 'Disconnect → the call has ended on the other’s stream',
    floor: 'LiveKit’s webhook of the same leave at a bare sink',
    target: 1.2,
    plusMs: 50,
    unit: 'ms',
    measure: async (count) => (await import('./leave.mjs')).measureLeave(count),
  },
  conversation: {
    title: 'Opening a conversation of 1,000,000 messages',
    floor: 'one of 1,000',
    target: 1.1,
    unit: 'ms',
    measure: async (count) => (await import('./opening.mjs')).measureConversation(count),
  },
  'call-list': {
    title: 'Opening a list of 100,000 calls',
    floor: 'one of 1,000',
    target: 1.1,
    unit: 'ms',
    measure: async (count) => (await import('./opening.mjs')).measureCallList(count),
  },
  'first-load': {
    title: 'First load of a conversation, gzip',
    floor: 'an empty Next app',
    target: 1.5,
    unit: 'B',
    measure: async () => (await import('./first-load.mjs')).measureFirstLoad(),
  },
  'call-chunk': {
    title: 'Scripts that a call loads, gzip',
    floor: 'a bundle of LiveKit’s room alone',
    target: 1.2,
    unit: 'B',
    measure: async () => (await import('./call-chunk.mjs')).measureCallChunk(),
  },
  'call-page': {
    title: 'Scripts of the first load and of a call, gzip',
    floor: 'a demo page of LiveKit’s',
    target: 1.05,
    unit: 'B',
    measure: async () => (await import('./call-chunk.mjs')).measureCallPage(),
  },
  'call-cpu': {
    title: 'Processor time that a call adds to the app',
    floor: 'what the same call adds to LiveKit',
    target: 0.05,
    unit: 'ms/min',
    measure: async (count) => (await import('./call-cpu.mjs')).measureCallCpu(count),
  },
  'idle-person': {
    title: 'Memory of a person who has the app open',
    floor: 'a bare stream server',
    target: 2,
    unit: 'KiB',
    measure: async () => (await import('./streams.mjs')).measureIdlePeople(),
  },
};
