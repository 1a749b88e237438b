import type { CallView } from '@parley/call-protocol';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { calls } from '@/db/schema';
import { readCall } from '@/lib/calls/reads/read-calls';
import { take } from '../model/steps';
import { clientIdOf, type Name, rejoinMs, ringMs, userIdOf, World } from '../model/world';
import { faultCase } from '../support/fault-case';

const fault = faultCase(24);
const hourMs = 3_600_000;

let world: World;
beforeEach(async () => {
  world = await World.make();
});
afterEach(async () => {
  await world.close();
});

const start = () => take(world, { do: 'start', place: 'aliceBob', name: 'alice', tab: 'one' });

async function seenBy(name: Name): Promise<CallView> {
  const [row] = await world.deps.db.select().from(calls);
  const view = row && (await readCall(world.deps, userIdOf(name), row.id));
  if (!view) throw new Error(`${name} sees no call`);
  return view;
}

async function setBackWhileDown(): Promise<void> {
  fault.did('the app stops; the server’s clock is set back one hour; the app starts');
  world.clock.ms -= hourMs;
  await world.restart();
}

it('a ring is then no longer than a ring, and ends', async () => {
  await start();
  world.clock.ms += 20_000;
  await setBackWhileDown();
  fault.within('what is left of the ring', ringMs, (await seenBy('bob')).myRing?.msLeft ?? Infinity);
  world.clock.ms += ringMs;
  await world.tick();
  expect(await seenBy('alice')).toMatchObject({ status: 'ended', endReason: 'missed' });
});

it('a participant who dropped has at most the usual rejoin time, and the call ends', async () => {
  await start();
  await take(world, { do: 'accept', place: 'aliceBob', name: 'bob', tab: 'one' });
  for (const event of world.webhooks.splice(0)) await world.deliver(event);
  world.clock.ms += 30_000;
  world.disconnect(clientIdOf('bob', 'one'));
  for (const event of world.webhooks.splice(0)) await world.deliver(event);
  await setBackWhileDown();
  const bob = (await seenBy('alice')).people.find((one) => one.user.id === userIdOf('bob'));
  // After an outage of LiveKit everyone has 20 s, however short the rejoin time.
  fault.within(
    'what is left of the rejoin time',
    Math.max(rejoinMs, 20_000),
    bob?.participation?.rejoinMsLeft ?? Infinity,
  );
  world.clock.ms += 20_000;
  await world.tick();
  expect((await seenBy('alice')).status).toBe('ended');
});

it('a call that goes on counts from then', async () => {
  await start();
  await take(world, { do: 'accept', place: 'aliceBob', name: 'bob', tab: 'one' });
  for (const event of world.webhooks.splice(0)) await world.deliver(event);
  world.clock.ms += 60_000;
  await setBackWhileDown();
  world.clock.ms += 10_000;
  expect((await seenBy('alice')).elapsedMs).toBe(10_000);
});

it('a caller who rang often a moment ago does not wait an hour', async () => {
  for (let n = 0; n < 3; n += 1) {
    await start();
    await take(world, { do: 'leave', place: 'aliceBob', name: 'alice', tab: 'one' });
  }
  await start();
  expect(await world.deps.db.$count(calls)).toBe(3);
  await setBackWhileDown();
  await start();
  expect(await world.deps.db.$count(calls)).toBe(4);
});
