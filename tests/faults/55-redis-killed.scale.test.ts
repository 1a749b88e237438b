import { expect, it, onTestFinished } from 'vitest';
import { type ApiPerson, codeOf, entered } from '../support/api-people';
import { faultCase } from '../support/fault-case';
import { openMediaBrowser } from '../support/media-browser';
import { fourPeople, isWhole, ownServerSet } from '../support/own-server-set';
import { readHealth } from '../support/server-set';
import { waitFor } from '../support/wait-for';

const fault = faultCase(55);

const textsIn = async (person: ApiPerson, conversationId: string) =>
  (
    (await person.ask('GET', `/api/conversations/${conversationId}/messages`)).body as {
      messages: { text: string }[];
    }
  ).messages.map(({ text }) => text);

it('Redis killed and back: running calls go on, what is done arrives through the database, and all is right within 5 s', async () => {
  const set = await ownServerSet({ CALL_RING_SECONDS: '60' });
  const browser = await openMediaBrowser(`ws://127.0.0.1:${set.app.livekitPort}`);
  onTestFinished(() => browser.close());
  const [a, b] = set.servers;
  const [alice, bob, carol, dave] = await fourPeople(set);
  const running = await carol.at(a).call(dave);
  const answered = entered(await dave.at(b).accept(running.call.id));
  for (const one of [running, answered]) await browser.join(one.media.token);
  const [hers, his, daves] = [
    await alice.at(a).listen(),
    await bob.at(b).listen(),
    await dave.at(b).listen(),
  ];
  const { call, media } = await alice.at(a).call(bob);
  // A caller who never reaches LiveKit is given up after 15 s.
  await browser.join(media.token);
  await his.until('the ring', () => his.call(call.id)?.status === 'ringing', 5000);

  fault.did('SIGKILL to Redis, which LiveKit’s nodes share, too');
  const killedAt = performance.now();
  await set.redis.kill();
  await waitFor(
    'both servers to say so',
    async () => (await Promise.all(set.servers.map(readHealth))).every((health) => health?.redis === false),
    20_000,
  );
  fault.within('both servers’ health says so', 10_000, performance.now() - killedAt);
  for (const server of set.servers) expect(server.output()).toContain('Redis does not answer');
  const cancelledAt = performance.now();
  expect((await alice.at(a).leave(call.id)).status).toBe(200);
  const endedAt = await his.until(
    'the end of the ring',
    () => his.call(call.id)?.status !== 'ringing',
    10_000,
  );
  fault.within('a cancel seen at the other server', 3000, endedAt - cancelledAt);
  const path = `/api/conversations/${call.conversation.id}/messages`;
  expect((await bob.at(b).ask('POST', path, { text: 'You called?' })).status).toBeLessThan(300);
  expect(await textsIn(alice.at(a), call.conversation.id)).toContain('You called?');
  const start = () => alice.at(a).ask('POST', '/api/calls', { userId: bob.userId, clientId: alice.tab() });
  const refused = await start();
  expect([refused.status, codeOf(refused)]).toEqual([503, 'media_unavailable']);
  fault.within('a start is refused, because LiveKit has no room for it', 2500, refused.ms);
  // A call whose LiveKit is away is given up after 22 s (docs/calls.md, "Ending").
  await waitFor('30 s without Redis', () => performance.now() - killedAt > 30_000, 40_000);
  expect(daves.call(running.call.id)?.status).toBe('active');

  await set.redis.start();
  const backAt = performance.now();
  fault.did('Redis is back');
  await isWhole(set, 20_000);
  let again = refused;
  // LiveKit's nodes find one another a moment later.
  await waitFor(
    'a start',
    async () => {
      again = await start();
      return again.status < 300;
    },
    20_000,
  );
  const next = entered(again).call.id;
  await his.until('the next ring', () => his.call(next)?.status === 'ringing', 5000);
  fault.within('whole again, and a call rings at the other server', 5000, performance.now() - backAt);
  expect([hers.isOver, his.isOver]).toEqual([false, false]);
  expect(await textsIn(alice.at(a), call.conversation.id)).toContain('You called?');
  expect(daves.call(running.call.id)?.status).toBe('active');
  const leftAt = performance.now();
  await carol.at(a).leave(running.call.id);
  const overAt = await daves.until('its end', () => daves.call(running.call.id)?.status !== 'active', 5000);
  fault.within('the call that went on ends when one leaves', 1000, overAt - leftAt);
  for (const one of [alice, bob, dave]) one.close();
});
