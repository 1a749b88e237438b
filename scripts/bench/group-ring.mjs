import { measurePairs } from './pairs.mjs';
import { ask, listen, seedConversation, seedPeople } from './people.mjs';
import { listenAndAnswer, untilAll, withBoth } from './streams.mjs';

/** A group as large as groups get: one calls, 24 are rung. */
const size = 25;

/**
 * Call in a group of 25 → the last of 24 is rung, in milliseconds, beside a room of LiveKit's, one durable write and a
 * bare loop of 24 writes. Each member calls in turn.
 */
export async function measureGroupRing(/** @type {number} */ count) {
  return withBoth(async ({ app, floor }) => {
    const people = await seedPeople(app, size);
    const group = seedConversation(app, 'group', people);
    const ours = await Promise.all(people.map((person) => listenAndAnswer(app.url, person)));
    const bare = await Promise.all(people.slice(1).map((_, at) => listen(`${floor.url}/events?as=${at}`)));
    let calls = 0;
    return measurePairs('group-ring', count, {
      ours: async () => {
        const at = calls++ % size;
        const { cookie = '', clientId } = people[at] ?? {};
        const rung = ours.filter((_, other) => other !== at);
        const arrivals = rung.map((stream) => stream.until('"myRing":{"id"'));
        const since = performance.now();
        const answered = ask(`${app.url}/api/calls`, 'POST', {
          cookie,
          body: { conversationId: group, clientId },
        });
        const last = Math.max(...(await Promise.all(arrivals))) - since;
        const { call } = JSON.parse(await answered);
        // The last that each stream is sent for it: the next call finds the server at rest, as the floor is.
        const left = ours.map((stream) => stream.until('event: me'));
        await ask(`${app.url}/api/calls/${call.id}/leave`, 'POST', { cookie, body: { clientId } });
        await Promise.all(left);
        return last;
      },
      floor: () => untilAll(bare, (text) => ask(`${floor.url}/ring`, 'POST', { body: text })),
    });
  });
}
