import { CallError } from '@parley/call-kit';
import { type TransportPair, transportRules } from '@parley/call-kit/testing';
import { expect, test } from 'vitest';
import { createMemoryTransport } from '@/examples/custom-transport/memory-transport';
import { alice, bob } from './support/views';

async function openTwo(): Promise<TransportPair> {
  const transport = createMemoryTransport([alice, bob]);
  const side = ({ id }: { id: string }) => ({
    userId: id,
    client: transport.clientFor(id),
    events: transport.eventsFor(id),
  });
  return { alice: side(alice), bob: side(bob), close: () => {} };
}

test.each(transportRules)('the transport of the example keeps: $name', ({ run }) => run(openTwo));

/** What breaks when a transport is wrong in one thing. */
const faults: [fault: string, change: (pair: TransportPair) => void, broken: RegExp][] = [
  [
    'sends no snapshot',
    ({ bob: { events } }) => {
      const subscribe = events.subscribe.bind(events);
      events.subscribe = (listener) => subscribe((event) => event.type !== 'snapshot' && listener(event));
    },
    /snapshot/,
  ],
  [
    'throws errors of its own',
    ({ alice: { client } }) => {
      const get = client.get.bind(client);
      client.get = (id) => get(id).catch(() => Promise.reject(new Error('404')));
    },
    /no CallError/,
  ],
  [
    'leaves a declined call ringing',
    ({ bob: { client } }) => {
      client.decline = async () => null;
    },
    /the end did not come/,
  ],
  [
    'refuses to decline what has ended',
    ({ bob: { client } }) => {
      const decline = client.decline.bind(client);
      let count = 0;
      client.decline = (...given) => {
        count += 1;
        return count > 1
          ? Promise.reject(new CallError('call_ended', { title: 'Ended', detail: '' }))
          : decline(...given);
      };
    },
    /Ended/,
  ],
];

test.each(faults)(
  'a transport that %s is found',
  async (_fault, change, broken) => {
    for (const { run } of transportRules) {
      const thrown: unknown = await run(async () => {
        const pair = await openTwo();
        change(pair);
        return pair;
      }).catch((error) => error);
      if (thrown === undefined) continue;
      expect(String(thrown)).toMatch(broken);
      return;
    }
    expect.unreachable('every rule was kept');
  },
  20_000,
);
