import type { Snapshot, StreamEvent } from '@parley/call-protocol';
import { expect, it } from 'vitest';
import { makeLog } from '@/lib/log';
import { makeMemoryBus } from '@/lib/realtime/bus';
import { makeFanOut } from '@/lib/realtime/fan-out';
import { makePresence } from '@/lib/realtime/presence';
import type { Readers } from '@/lib/realtime/snapshot';
import type { Viewer } from '@/lib/viewer';

const bob = { userId: 'user_bob', signInId: 'signin_bob', isOperator: false } as Viewer;
const settled = async () => {
  for (let turns = 0; turns < 8; turns += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** Bob's stream, whose first snapshot was sent; his client takes nothing from now on, until `drained`. */
async function aSlowClient() {
  const drained = Promise.withResolvers<void>();
  const client = { isSlow: false, reading: Promise.resolve() };
  const reads: string[] = [];
  const readers = {
    snapshot: async () => {
      reads.push('snapshot');
      await client.reading;
      return { calls: [], conversations: [], users: [] } as unknown as Snapshot;
    },
    community: async () => ({ name: 'Harbour Street', registration: 'invite' }),
    revoked: async () => [],
    liveParts: async () => [],
  } as unknown as Readers;
  const bus = makeMemoryBus();
  const presence = makePresence({ now: () => 0, wallNow: () => 0, onChange: () => {}, onReach: () => {} });
  const fanOut = makeFanOut({ log: makeLog('silent'), bus, presence, readers: () => readers });
  const sent: StreamEvent[] = [];
  const { close } = fanOut.open(bob, {
    send: (event) => void sent.push(event),
    whenDrained: () => (client.isSlow ? drained.promise : null),
    close: () => {},
  });
  await settled();
  client.isSlow = true;
  const wake = () => bus.publish({ type: 'wake', who: 'everyone', what: { community: true } });
  return { client, drained, reads, sent, close, wake, repair: fanOut.repair };
}

it('a slow client that left before it took what it was sent costs no snapshot', async () => {
  const { repair, close, drained, reads, sent } = await aSlowClient();
  repair.everything();
  await settled();
  close();
  drained.resolve();
  await settled();
  expect([reads, sent.length]).toEqual([['snapshot'], 1]);
});

it('a snapshot that has begun keeps back what a slow client waits for, until it was sent', async () => {
  const { client, wake, repair, drained, sent } = await aSlowClient();
  await wake();
  await settled();
  // Its client has just taken everything, and the snapshot begins before what waited is wanted again.
  client.isSlow = false;
  const read = Promise.withResolvers<void>();
  client.reading = read.promise;
  repair.everything();
  await settled();
  drained.resolve();
  await settled();
  read.resolve();
  await settled();
  expect(sent.map((event) => event.type)).toEqual(['snapshot', 'snapshot', 'community']);
});
