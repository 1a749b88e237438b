import type { StreamEvent } from '@parley/call-protocol';
import { expect, it, onTestFinished } from 'vitest';
import { callStore, emptyCallStore } from '@/lib/call-ui/call-store';
import { openServerStream } from '@/lib/call-ui/events/server-stream';
import { type ApiPerson, makePeople } from '../support/api-people';
import { faultCase } from '../support/fault-case';
import { startLineProxy } from '../support/fault-proxy';
import { ownApp } from '../support/own-app';
import { waitFor } from '../support/wait-for';

const fault = faultCase(17);

it('a stream that stalls half-open is noticed within 20 s and opened anew, and nothing is missed', async () => {
  const app = await ownApp({ CALL_RING_SECONDS: '60' });
  const [alice, bob] = (await makePeople(app, ['Alice', 'Bob'])) as [ApiPerson, ApiPerson];
  const line = await startLineProxy(app.port);
  onTestFinished(() => line.close());
  const heard: { event: StreamEvent; at: number }[] = [];
  const states: { state: string; at: number }[] = [];
  // The kit's own stream, as a browser runs it, with the cookie that a browser would send.
  const stream = openServerStream({
    url: `http://127.0.0.1:${line.port}/api/events`,
    fetch: (input, init) =>
      fetch(input, { ...init, headers: { ...(init?.headers as object), cookie: bob.cookie } }),
    onEvent: (event) => heard.push({ event, at: performance.now() }),
    onState: (state) => states.push({ state, at: performance.now() }),
  });
  onTestFinished(() => stream.close());
  await waitFor('the first snapshot', () => heard.length > 0, 5000);

  fault.did(`the line of ${bob.userId} stalls: nothing is closed, nothing comes through`);
  const stalledAt = performance.now();
  line.stall({ onlyOpen: true });
  const { call } = await alice.call(bob);

  await waitFor(
    'a second snapshot',
    () => heard.filter(({ event }) => event.type === 'snapshot').length > 1,
    25_000,
  );
  const lostAt = states.find(({ state, at }) => state === 'lost' && at > stalledAt)?.at ?? Infinity;
  fault.within('noticed after the stall', 20_000, lostAt - stalledAt);
  const snapshots = heard.filter(({ event }) => event.type === 'snapshot');
  const last = snapshots.at(-1);
  if (last?.event.type !== 'snapshot') throw new Error('no snapshot');
  const state = callStore(emptyCallStore, { type: 'snapshot', views: last.event.data.calls, at: last.at });
  expect(state.calls.get(call.id)?.view.myRing).not.toBeNull();
  fault.within('right again after it was noticed', 3000, last.at - lostAt);
  for (const one of [alice, bob]) one.close();
});
