import { createCallClient, createEventSource } from '@parley/call-kit';
import { transportRules } from '@parley/call-kit/testing';
import { test } from 'vitest';
import { makePeople } from '../support/api-people';
import { sharedApp } from '../support/shared-app';

/** Two new people of the running Parley, each with the kit's own client and stream. */
async function openTwo() {
  const people = await makePeople(sharedApp(), ['Alice', 'Bob']);
  const [alice, bob] = people.map(({ userId, origin, cookie }) => {
    const headers = { cookie, 'sec-fetch-site': 'same-origin' };
    return {
      userId,
      client: createCallClient({ baseUrl: origin, headers }),
      events: createEventSource({ url: `${origin}/api/events`, userId, headers, locks: null }),
    };
  });
  if (!alice || !bob) throw new Error('there are not two people');
  return { alice, bob, close: () => {} };
}

test.each(transportRules)('$name', ({ run }) => run(openTwo));
