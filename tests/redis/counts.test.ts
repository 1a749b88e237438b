import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { callIdSchema } from '@/lib/ids';
import { makeLog } from '@/lib/log';
import { connectRedis } from '@/lib/servers/redis';
import type { RouteName } from '../support/ask-route';
import { tabOf } from '../support/in-process-call';
import { redisBinary, startRedis, withoutRedis } from '../support/own-redis';
import { meterRedis, type RedisCost } from '../support/redis-meter';
import { makeTwoServers } from '../support/two-servers';
import { waitFor } from '../support/wait-for';

if (!redisBinary) console.warn(`skipped: ${withoutRedis}`);

/**
 * How many commands each action costs in Redis with how many bytes, and a minute of two servers without any: Alice at one
 * server and Bob at the other, a direct conversation. A change that spends one more fails here; one that means to changes
 * the number. What is noted at a server without the lease is sent to the one that has it.
 */
const costs = [
  '                      number   bytes',
  'two idle servers         120   12540',
  'start a call               3     925',
  'accept                     4    1033',
  'leave                      2     590',
  'send a message             2     686',
];

const fence = 'everything-has-passed';

/** Servers a and b, and what Redis does for both of them. */
async function meteredServers() {
  const server = await startRedis();
  const meter = await meterRedis(server.url, fence);
  const connectOne = async () => {
    const redis = await connectRedis(meter.url, 'parley_test', makeLog('silent'));
    onTestFinished(() => redis.close());
    return redis;
  };
  const redises = { a: await connectOne(), b: await connectOne() };
  // What the servers do each second they do when `pass` says so.
  vi.useFakeTimers({ toFake: ['setInterval'] });
  const world = await makeTwoServers((which) => redises[which]);
  vi.useRealTimers();
  /** Each server hears the other one's fence: what both sent before has passed, and was answered. */
  const passed = async () => {
    for (const { wire } of Object.values(redises)) {
      let isHeard = false;
      const end = wire.listen(
        (text) => {
          isHeard ||= text === fence;
        },
        () => undefined,
      );
      wire.send(fence);
      await waitFor('the fence', () => isHeard, 10_000);
      end();
    }
  };
  /** What `work` costs; its answer is a success. */
  const costOf = async (work: () => Promise<Response | undefined>): Promise<RedisCost> => {
    await passed();
    const before = { ...meter.cost };
    const response = await work();
    if (response && !response.ok) throw new Error(`refused with ${response.status}`);
    await passed();
    const { commands, bytes } = meter.cost;
    return { commands: commands - before.commands, bytes: bytes - before.bytes };
  };
  /** So many seconds, in each of which the servers hear one another, as in true time. */
  const pass = async (seconds: number) => {
    for (let second = 0; second < seconds; second += 1) {
      await world.pass(1000);
      await passed();
    }
    return undefined;
  };
  await pass(5);
  return { ...world, pass, costOf };
}

function table(measured: Record<string, RedisCost>): string[] {
  const line = (what: string, commands: string | number, bytes: string | number) =>
    [what.padEnd(20), String(commands).padStart(7), String(bytes).padStart(7)].join(' ');
  return [
    line('', 'number', 'bytes'),
    ...Object.entries(measured).map(([what, { commands, bytes }]) => line(what, commands, bytes)),
  ];
}

describe.skipIf(!redisBinary)('with a real Redis server', () => {
  it('each action, and a minute without any, costs what the table says', async () => {
    const { app, a, b, ask, pass, costOf } = await meteredServers();
    const [alice, bob] = [await app.makeUser('Alice'), await app.makeUser('Bob')];
    const direct = await app.makeConversation('direct', [alice, bob]);
    const measured: Record<string, RedisCost> = {};

    measured['two idle servers'] = await costOf(() => pass(60));
    let params = { callId: '' };
    const start = async () => {
      const body = { conversationId: direct, clientId: tabOf(alice) };
      const response = await ask(a, 'POST /api/calls', alice, { body });
      const { call } = await response.clone().json();
      params = { callId: callIdSchema.parse(call.id) };
      return response;
    };
    const act = (server: typeof a, name: RouteName, who: typeof alice) => () =>
      ask(server, name, who, { params, body: { clientId: tabOf(who) } });
    // The first of each command brings its script to Redis.
    await costOf(start);
    await costOf(() => act(a, 'POST /api/calls/[callId]/leave', alice)());
    measured['start a call'] = await costOf(start);
    measured.accept = await costOf(() => act(b, 'POST /api/calls/[callId]/accept', bob)());
    measured.leave = await costOf(() => act(a, 'POST /api/calls/[callId]/leave', alice)());
    const body = { text: 'Hello', clientMessageId: 'message-1' };
    measured['send a message'] = await costOf(() =>
      ask(a, 'POST /api/conversations/[conversationId]/messages', alice, {
        params: { conversationId: direct },
        body,
      }),
    );
    expect(table(measured)).toEqual(costs);
  });
});
