import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { calls, messages } from '@/db/schema';
import { saveBlock } from '@/lib/users/block';
import { take } from '../model/steps';
import { clientIdOf, userIdOf, World } from '../model/world';
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

it('a participant who is missing alone still has the rejoin time', async () => {
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

describe('the length of a call that a downtime hid the end of', () => {
  const tickMs = 4000;
  const downMs = 3_600_000;

  /** Lets both talk for a little more than a minute, with a reconcile every 4 s; returns the length at the last one. */
  async function talkForAMinute(): Promise<number> {
    await talk();
    const since = world.clock.ms;
    for (let n = 0; n < 15; n += 1) {
      world.clock.ms += tickMs;
      await world.tick();
    }
    const lookedForMs = world.clock.ms - since;
    // The next look does not come.
    world.clock.ms += tickMs - 1;
    return lookedForMs;
  }

  async function lengthIs(lookedForMs: number): Promise<void> {
    const row = await theOnlyCall();
    expect(row?.status).toBe('ended');
    fault.within('error of the length', tickMs, Math.abs((row?.lengthMs ?? Infinity) - lookedForMs));
  }

  const bothGo = () => {
    world.disconnect(clientIdOf('alice', 'one'));
    world.disconnect(clientIdOf('bob', 'one'));
    world.webhooks.length = 0;
  };

  it('is what was talked when everyone left meanwhile', async () => {
    const lookedForMs = await talkForAMinute();
    fault.did('the app stops; both go; an hour passes; the app starts');
    bothGo();
    world.clock.ms += downMs;
    await world.restart();
    await lengthIs(lookedForMs);
  });

  it('… when the other is still there, alone', async () => {
    const lookedForMs = await talkForAMinute();
    fault.did('the app stops; Bob disconnects; an hour passes; the app starts; no participant rejoins');
    world.disconnect(clientIdOf('bob', 'one'));
    world.webhooks.length = 0;
    world.clock.ms += downMs;
    await world.restart();
    world.clock.ms += 15_000;
    await world.tick();
    await lengthIs(lookedForMs);
  });

  it('… when LiveKit answers only after a while', async () => {
    const lookedForMs = await talkForAMinute();
    fault.did('the app stops; both go; an hour passes; the app starts, and LiveKit answers 8 s later');
    bothGo();
    world.clock.ms += downMs;
    world.media.failNext(2);
    await world.restart();
    for (let n = 0; n < 2; n += 1) {
      world.clock.ms += tickMs;
      await world.tick();
    }
    await lengthIs(lookedForMs);
  });

  it('… when LiveKit was restarted, too, and no participant rejoins', async () => {
    const lookedForMs = await talkForAMinute();
    fault.did('the app and LiveKit stop; both go; an hour passes; both start');
    world.media.goDown();
    world.connected.clear();
    world.media.comeBack();
    world.clock.ms += downMs;
    await world.restart();
    world.clock.ms += 20_000;
    await world.tick();
    await lengthIs(lookedForMs);
  });

  it('… when LiveKit never answers again', async () => {
    const lookedForMs = await talkForAMinute();
    fault.did('the app and LiveKit stop; an hour passes; only the app starts');
    world.media.goDown();
    world.clock.ms += downMs;
    await world.restart();
    world.clock.ms += 30_000;
    await world.tick();
    expect(await theOnlyCall()).toMatchObject({ endReason: 'failed' });
    await lengthIs(lookedForMs);
  });

  it('… when a block came just before the crash', async () => {
    const lookedForMs = await talkForAMinute();
    fault.did(
      'Alice blocks Bob; the app dies before it ends the call; both go; an hour passes; the app starts',
    );
    // As an older version did, which ended the call in a second transaction.
    await world.deps.transaction((tx) =>
      saveBlock(tx, world.clock.wallNow(), userIdOf('alice'), userIdOf('bob')),
    );
    bothGo();
    world.clock.ms += downMs;
    await world.restart();
    await lengthIs(lookedForMs);
  });

  it('includes the downtime when people talked on', async () => {
    const lookedForMs = await talkForAMinute();
    fault.did('the app stops for an hour while Alice and Bob talk on');
    world.clock.ms += downMs;
    await world.restart();
    await take(world, { do: 'leave', place: 'aliceBob', name: 'bob', tab: 'one' });
    await lengthIs(lookedForMs + tickMs - 1 + downMs);
  });
});
