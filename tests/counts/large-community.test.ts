import type { StreamEvent } from '@parley/call-protocol';
import { expect, it } from 'vitest';
import { sendMessage } from '@/lib/conversations/send-message';
import type { UserId } from '@/lib/ids';
import { removePerson } from '@/lib/operator/remove-person';
import { readSnapshot } from '@/lib/realtime/snapshot';
import type { Viewer } from '@/lib/viewer';
import { askRoute } from '../support/ask-route';
import { countStatements } from '../support/count-statements';
import { communityOf, type LargeCommunity } from '../support/large-community';
import { unboundedReads } from '../support/query-plans';

/** Opens a stream for each of them and returns what each is sent, heartbeats aside. */
async function listen({ app }: LargeCommunity, ...viewers: Viewer[]): Promise<StreamEvent[][]> {
  const opened: StreamEvent[][] = [];
  await countStatements(async () => {
    for (const viewer of viewers) {
      const sent: StreamEvent[] = [];
      opened.push(sent);
      app.deps.fanOut.open(viewer, {
        send: (event) => {
          if (event.type !== 'heartbeat') sent.push(event);
        },
        close: () => undefined,
      });
    }
  });
  return opened;
}
const usersIn = (events: StreamEvent[]) =>
  events.flatMap((event) => (event.type === 'users' ? event.data : [])).map(({ id }) => id);
const query = (search: string) => ({ search });

it('a snapshot of 10,000 members is as large as one of 50, and names everyone it shows', async () => {
  const [small, large] = [await communityOf(50), await communityOf(10_000)];
  const [few, many] = [
    await readSnapshot(small.app.deps, small.zoe),
    await readSnapshot(large.app.deps, large.zoe),
  ];
  expect(few.users).toHaveLength(50);
  expect(few.memberCount).toBeUndefined();
  expect(many.memberCount).toBe(10_000);
  expect(many.users.map((user) => user.displayName)).toEqual(
    expect.arrayContaining(['Zoe', 'Yara', 'Person 00000']),
  );
  const bytes = (snapshot: object) => Buffer.byteLength(JSON.stringify(snapshot));
  expect(bytes(many) / bytes(few)).toBeLessThanOrEqual(1.1);
}, 60_000);

it.each([2, 200])(
  'a person who comes online wakes the streams that look at them, of %i others none',
  async (streams) => {
    const community = await communityOf(1_000);
    const { app, yara, zoe, person } = community;
    const viewers = [zoe, ...Array.from({ length: streams }, (_, n) => person(n))];
    const all = await listen(community, ...viewers);
    // This one was given Yara by a search.
    await askRoute(app, 'GET /api/users', person(1), { query: query('yara') });
    for (const sent of all) sent.splice(0);

    const { reads, writes } = await countStatements(async () => void (await listen(community, yara)));
    expect([reads.length, writes.length]).toEqual([17, 0]);
    expect(all.flatMap((sent, at) => (sent.length > 0 ? [viewers[at]] : []))).toEqual([zoe, person(1)]);
    expect(all.flatMap(usersIn)).toEqual([yara.userId, yara.userId]);
  },
  60_000,
);

it('an author is introduced before their first message, once', async () => {
  const community = await communityOf(1_000);
  const { app, yara, person, channel } = community;
  const [sent = []] = await listen(community, person(1));
  const write = (clientMessageId: string) =>
    countStatements(
      async () => void (await sendMessage(app.deps, yara.userId, channel, { text: 'hi', clientMessageId })),
    );
  sent.splice(0);
  await write('one');
  expect(sent.map((event) => event.type)).toEqual(['users', 'conversation', 'message']);
  expect(usersIn(sent)).toEqual([yara.userId]);
  sent.splice(0);
  await write('two');
  expect(sent.map((event) => event.type)).toEqual(['conversation', 'message']);
}, 60_000);

it('a person who is removed is sent once as gone to those who were given them', async () => {
  const community = await communityOf(1_000);
  const { app, person } = community;
  const operator = await app.makeUser('Xenia', { isOperator: true });
  const [given = [], other = []] = await listen(community, person(1), person(2));
  const removed = person(900).userId;
  await askRoute(app, 'GET /api/users', person(1), { query: { ids: removed } });
  for (const sent of [given, other]) sent.splice(0);
  await countStatements(() => removePerson(app.deps, operator.userId, removed));
  expect(given.filter((event) => event.type === 'users')).toEqual([
    { type: 'users', data: [{ id: removed, revision: expect.any(Number), gone: true }] },
  ]);
  expect(usersIn(other)).toEqual([]);
  expect(
    await (await askRoute(app, 'GET /api/users', person(1), { query: { ids: removed } })).json(),
  ).toEqual({
    users: [],
    next: null,
  });
}, 60_000);

it('a page of messages brings the people whom it names, for a client that asks for them', async () => {
  const community = await communityOf(1_000);
  const { app, yara, person, channel } = community;
  await app.say(yara, channel);
  const messages = 'GET /api/conversations/[conversationId]/messages';
  const read = async (more: object) =>
    (
      await askRoute(app, messages, person(1), { params: { conversationId: channel }, query: more as never })
    ).json();
  expect((await read({ people: 'named' })).people.map(({ id }: { id: UserId }) => id)).toEqual([yara.userId]);
  expect((await read({})).people).toBeUndefined();
}, 60_000);

it('people are found by the index of their names', async () => {
  const { app, zoe, person } = await communityOf(1_000);
  const asked = [
    {},
    query('person 00500'),
    { after: `${person(3).userId} person 00003` },
    { ids: zoe.userId },
  ];
  const found = await unboundedReads(async () => {
    await readSnapshot(app.deps, zoe);
    for (const one of asked) await askRoute(app, 'GET /api/users', zoe, { query: one });
  });
  expect(found.filter((line) => line.includes('from "users"') && !line.startsWith('SCAN missed'))).toEqual(
    [],
  );
}, 60_000);
