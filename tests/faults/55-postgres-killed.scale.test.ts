import { expect, it, onTestFinished } from 'vitest';
import { faultCase } from '../support/fault-case';
import { openMediaBrowser } from '../support/media-browser';
import { fourPeople, isWhole, ownServerSet } from '../support/own-server-set';
import { readHealth } from '../support/server-set';
import { waitFor } from '../support/wait-for';

const fault = faultCase(55);

it('PostgreSQL killed and back: requests are refused meanwhile, nothing acknowledged is lost, and all is right within 5 s', async () => {
  const set = await ownServerSet({ CALL_RING_SECONDS: '60' });
  const browser = await openMediaBrowser(`ws://127.0.0.1:${set.app.livekitPort}`);
  onTestFinished(() => browser.close());
  const [alice, bob] = await fourPeople(set);
  const [a, b] = set.servers;
  const his = await bob.at(b).listen();
  const { call, media } = await alice.at(a).call(bob);
  // A caller who never reaches LiveKit is given up after 15 s.
  await browser.join(media.token);
  await his.until('the ring', () => his.call(call.id)?.status === 'ringing', 5000);
  const path = `/api/conversations/${call.conversation.id}/messages`;
  const write = (text: string) => alice.at(a).ask('POST', path, { text });
  const written: string[] = [];
  for (let number = 1; number <= 50; number += 1) {
    const text = `message ${number}`;
    if ((await write(text)).status < 300) written.push(text);
  }
  expect(written).toHaveLength(50);

  fault.did('PostgreSQL is ended at once, with everything that is open');
  await set.postgres.kill();
  await waitFor(
    'both servers to say so',
    async () =>
      (await Promise.all(set.servers.map(readHealth))).every((health) => health?.database === false),
    20_000,
  );
  const refused = await write('not acknowledged');
  expect(refused.status).toBe(503);
  expect(refused.headers.get('retry-after')).not.toBeNull();

  await set.postgres.start();
  const backAt = performance.now();
  fault.did('PostgreSQL is back');
  await isWhole(set, 20_000);
  // A stream whose reads fail is closed, and the page opens another one.
  const next = await bob.at(b).listen();
  expect(next.call(call.id)?.status).toBe('ringing');
  expect((await alice.at(a).leave(call.id)).status).toBe(200);
  await next.until('the end of the ring', () => next.call(call.id)?.status !== 'ringing', 10_000);
  fault.within('whole again, and a cancel is seen at the other server', 5000, performance.now() - backAt);
  const { body } = await bob.at(b).ask('GET', `${path}?limit=100`);
  const found = new Set((body as { messages: { text: string }[] }).messages.map(({ text }) => text));
  const lost = written.filter((text) => !found.has(text));
  fault.atMost('acknowledged messages that were lost', 0, lost.length, '');
  for (const one of [alice, bob]) one.close();
});
