import { afterEach, beforeEach, expect, it } from 'vitest';
import { calls, messages } from '@/db/schema';
import { take } from '../model/steps';
import { clientIdOf, World } from '../model/world';
import { faultCase } from '../support/fault-case';

const fault = faultCase(5);

let world: World;
beforeEach(async () => {
  world = await World.make();
});
afterEach(async () => {
  await world.close();
});

async function talk(): Promise<void> {
  await take(world, { do: 'start', place: 'aliceBob', name: 'alice', tab: 'one' });
  await take(world, { do: 'accept', place: 'aliceBob', name: 'bob', tab: 'one' });
  for (const event of world.webhooks.splice(0)) await world.deliver(event);
}

async function theOnlyCall() {
  const rows = await world.deps.db.select().from(calls);
  const entries = (await world.deps.db.select().from(messages)).filter((one) => one.callId !== null);
  expect(rows).toHaveLength(1);
  expect(entries).toHaveLength(1);
  return rows[0];
}

it('a call whose people all went while the app was down is ended when it serves again, with one entry', async () => {
  await talk();
  fault.did('the app stops; both people close their browsers; 60 s pass; the app starts');
  world.disconnect(clientIdOf('alice', 'one'));
  world.disconnect(clientIdOf('bob', 'one'));
  world.webhooks.length = 0;
  world.clock.ms += 60_000;
  await world.restart();
  expect(await theOnlyCall()).toMatchObject({ status: 'ended', endReason: 'completed' });
  expect(await world.media.listRooms('parley_')).toEqual([]);
});

it('with LiveKit away at the start, too, it ends one tick after LiveKit answers', async () => {
  await talk();
  fault.did('the app stops; both go; the app starts, and LiveKit does not answer it for two ticks');
  world.disconnect(clientIdOf('alice', 'one'));
  world.disconnect(clientIdOf('bob', 'one'));
  world.clock.ms += 60_000;
  world.media.failNext(2);
  await world.restart();
  await world.tick();
  expect((await theOnlyCall())?.status).toBe('active');
  world.clock.ms += 4000;
  await world.tick();
  expect(await theOnlyCall()).toMatchObject({ status: 'ended', endReason: 'completed' });
});

it('a call whose people talked on is not touched by the restart', async () => {
  await talk();
  fault.did('the app stops for 60 s while Alice and Bob talk on');
  world.clock.ms += 60_000;
  await world.restart();
  expect((await theOnlyCall())?.status).toBe('active');
});

it('somebody who is missing alone still gets the rejoin time', async () => {
  await talk();
  fault.did('the app stops; Bob’s browser crashes; the app starts');
  world.disconnect(clientIdOf('bob', 'one'));
  world.clock.ms += 60_000;
  await world.restart();
  expect((await theOnlyCall())?.status).toBe('active');
  world.clock.ms += 15_000;
  await world.tick();
  expect((await theOnlyCall())?.status).toBe('ended');
});
