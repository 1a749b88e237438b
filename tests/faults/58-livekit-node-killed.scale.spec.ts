import { createClient } from '@redis/client';
import { RoomServiceClient } from 'livekit-server-sdk';
import { readSecrets } from '../../scripts/secrets.mjs';
import { expectTalking, talk } from '../support/calling';
import { faultCase } from '../support/fault-case';
import { expect, test } from '../support/journey';
import { callRegion, disconnect } from '../support/screens';
import type { ServerSet } from '../support/server-set';

const fault = faultCase(58);

test.use({ appSettings: { CALL_REJOIN_SECONDS: '15' } });

test('the LiveKit node that holds a call is killed: both are back on the other within 15 s, in the same call and room', async ({
  set,
  person,
  expectConsole,
}) => {
  test.setTimeout(240_000);
  expectConsole(/ConnectionError|WebSocket|ERR_|livekit|404|50\d|rtc|signal|Failed to load resource/i);
  const [alice, bob] = [await person('alice'), await person('bob')];
  await talk(alice, bob);
  const liveCall = async () => {
    const answer = await alice.page.request.get(`${set.app.url}/api/calls?limit=1`);
    return (await answer.json()).entries[0];
  };
  const [before, room] = [await liveCall(), await roomOf(set)];
  const node = await nodeHolding(set, room.name);

  fault.did(`SIGKILL to the node ${node.nodeId()}, which holds ${room.name}`);
  const killedAt = performance.now();
  await node.kill();
  // For some seconds the list still names the dead node's connections, and both pages count as connected.
  await expect
    .poll(async () => (await sidsIn(set, room.name)).filter((sid) => room.sids.includes(sid)).length, {
      timeout: 30_000,
      intervals: [100],
    })
    .toBe(0);
  await Promise.all([alice.hears(bob, 30_000), bob.hears(alice, 30_000)]);
  fault.within('both hear each other again', 15_000, performance.now() - killedAt);
  await expectTalking(alice, bob);
  expect(await liveCall()).toMatchObject({ callId: before.callId, outcome: 'live' });
  expect((await roomOf(set)).sid, 'the room was not made again').toBe(room.sid);

  await disconnect(bob.page).click();
  await expect(callRegion(alice.page)).toBeHidden({ timeout: 3000 });
  await node.start();
});

function roomsOf({ app }: ServerSet): RoomServiceClient {
  const { livekitKey, livekitSecret } = readSecrets(app.dataDir);
  return new RoomServiceClient(`http://127.0.0.1:${app.livekitPort}`, livekitKey, livekitSecret);
}

/** The one room that there is. */
async function roomOf(set: ServerSet): Promise<{ name: string; sid: string; sids: string[] }> {
  const rooms = await roomsOf(set).listRooms();
  expect(rooms).toHaveLength(1);
  const { name = '', sid = '' } = rooms[0] ?? {};
  return { name, sid, sids: await sidsIn(set, name) };
}

async function sidsIn(set: ServerSet, room: string): Promise<string[]> {
  return (await roomsOf(set).listParticipants(room)).map(({ sid }) => sid);
}

async function nodeHolding({ redis, livekits }: ServerSet, room: string): Promise<ServerSet['livekits'][0]> {
  const client = createClient({ url: redis.url });
  await client.connect();
  const nodeId = await client.hGet('room_node_map', room);
  client.destroy();
  const node = livekits.find((one) => one.nodeId() === nodeId);
  if (!node) throw new Error(`no node is ${nodeId}`);
  return node;
}
