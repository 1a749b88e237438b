import { createConnection, createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { countMutation, shareLimits } from '@/lib/http/rate-limit';
import { callIdSchema, makeId } from '@/lib/ids';
import { makeLog } from '@/lib/log';
import { connectRedis } from '@/lib/servers/redis';
import { tabOf } from '../support/in-process-call';
import { redisBinary, startRedis, withoutRedis } from '../support/own-redis';
import { makeTwoServers } from '../support/two-servers';
import { waitFor } from '../support/wait-for';

if (!redisBinary) console.warn(`skipped: ${withoutRedis}`);

async function connect(url: string, channel = 'parley_test') {
  const redis = await connectRedis(url, channel, makeLog('silent'));
  onTestFinished(() => redis.close());
  return redis;
}

/** A way to the server that breaks the first connection on which this word is sent. */
async function breakBefore(word: string, url: string) {
  let count = 0;
  const gate = createServer((near) => {
    const far = createConnection({ host: '127.0.0.1', port: Number(new URL(url).port) });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('error', () => undefined);
      from.on('close', () => to.destroy());
    }
    near.on('data', (data) => {
      if (count === 0 && String(data).toLowerCase().includes(word)) {
        count += 1;
        near.destroy();
      } else far.write(data);
    });
    far.on('data', (data) => void near.write(data));
  });
  await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void gate.close());
  const address = gate.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { url: `redis://127.0.0.1:${port}`, count: () => count };
}

/** Servers a and b with a Redis server between them; Bob's browser is at b. */
async function aCommunity() {
  const server = await startRedis();
  const redises = { a: await connect(server.url), b: await connect(server.url) };
  const world = await makeTwoServers((which) => redises[which]);
  const { app, a, b, ask } = world;
  const [alice, bob] = [await app.makeUser('Alice'), await app.makeUser('Bob')];
  const direct = await app.makeConversation('direct', [alice, bob]);
  const start = async () => {
    const body = { conversationId: direct, clientId: tabOf(alice) };
    const { call } = await (await ask(a, 'POST /api/calls', alice, { body })).json();
    return callIdSchema.parse(call.id);
  };
  const cancel = (callId: string) =>
    ask(a, 'POST /api/calls/[callId]/leave', alice, { params: { callId }, body: { clientId: tabOf(alice) } });
  const [hers, his] = [a.open(alice), b.open(bob)];
  await waitFor('both to be online', () => hers.users.get(bob.userId)?.presence === 'online', 10_000);
  return { ...world, server, redises, alice, bob, hers, his, start, cancel };
}

describe.skipIf(!redisBinary)('with a real Redis server', () => {
  it('a call rings at the other server, and is silent when it is cancelled', async () => {
    const { his, start, cancel } = await aCommunity();
    const callId = await start();
    await waitFor('the ring', () => his.calls.get(callId)?.status === 'ringing', 5000);
    await cancel(callId);
    await waitFor('the silence', () => his.calls.get(callId)?.status === 'ended', 5000);
  });

  it('Redis killed and back: both servers know, rings arrive through the database, and all is right again', async () => {
    const { a, b, server, his, start, cancel } = await aCommunity();
    await server.kill();
    await waitFor(
      'both to know',
      () => [a, b].every(({ deps }) => deps.link?.isConnected() === false),
      10_000,
    );
    const callId = await start();
    await waitFor('the ring', () => his.calls.get(callId)?.status === 'ringing', 10_000);
    await cancel(callId);
    await server.start();
    await waitFor(
      'the return',
      () =>
        [a, b].every(({ deps }) => deps.link?.isConnected() === true) &&
        his.calls.get(callId)?.status !== 'ringing',
      20_000,
    );
    const again = await start();
    await waitFor('the next ring', () => his.calls.get(again)?.status === 'ringing', 5000);
  });

  it('a Redis that stands still with its connections open is away, and no request waits for it', async () => {
    const { a, server, start } = await aCommunity();
    server.freeze();
    onTestFinished(server.thaw);
    await start();
    await waitFor('it to be noticed', () => a.deps.link?.isConnected() === false, 20_000);
    server.thaw();
    await waitFor('the return', () => a.deps.link?.isConnected() === true, 20_000);
  });

  it('a limit counts the tries at all servers together, and at each alone while Redis is away', async () => {
    const server = await startRedis();
    const [one, other] = [{}, {}];
    for (const owner of [one, other]) {
      const { client } = await connect(server.url);
      shareLimits(owner, { client, prefix: 'parley_test' });
    }
    const userId = makeId('user');
    // 240 together; counted apart, each would take as many. A try that Redis answers too late is counted apart.
    let tries = 0;
    const isRefused = async () => {
      tries += 1;
      return countMutation(tries % 2 === 0 ? one : other, userId).then(
        () => false,
        () => true,
      );
    };
    while (!(await isRefused()) && tries < 480);
    expect(tries).toBeGreaterThan(240);
    expect(tries).toBeLessThan(480);
    await server.kill();
    await countMutation(other, userId);
  });

  it('communities that share a Redis server do not hear one another', async () => {
    const server = await startRedis();
    const heard: string[] = [];
    const [own, same, foreign] = [
      await connect(server.url, 'one'),
      await connect(server.url, 'one'),
      await connect(server.url, 'two'),
    ];
    same.wire.listen(
      (text) => heard.push(text),
      () => undefined,
    );
    foreign.wire.send('foreign');
    own.wire.send('own');
    await waitFor('a text', () => heard.length > 0, 5000);
    expect(heard).toEqual(['own']);
  });

  it('a connection that breaks before it has subscribed is made again', async () => {
    const server = await startRedis();
    const broken = await breakBefore('subscribe', server.url);
    const { wire } = await connect(broken.url);
    await waitFor('the connection', () => wire.isConnected(), 20_000);
    const heard: string[] = [];
    wire.listen(
      (text) => heard.push(text),
      () => undefined,
    );
    wire.send('once');
    await waitFor('the text', () => heard.length > 0, 5000);
    expect([broken.count(), heard]).toEqual([1, ['once']]);
  });

  it('without a Redis server a start waits a moment, and joins when there is one', async () => {
    const server = await startRedis();
    await server.kill();
    const redis = await connect(server.url);
    expect(redis.wire.isConnected()).toBe(false);
    await server.start();
    await waitFor('the connection', () => redis.wire.isConnected(), 20_000);
  });
});
