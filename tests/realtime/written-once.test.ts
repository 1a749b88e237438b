import type { StreamEvent } from '@parley/call-protocol';
import { expect, it } from 'vitest';
import { startCall } from '@/lib/calls/commands/start-call';
import { sendMessage } from '@/lib/conversations/send-message';
import { bytesOf } from '@/lib/realtime/write-event';
import type { Viewer } from '@/lib/viewer';
import { countStatements } from '../support/count-statements';
import { tabOf } from '../support/in-process-call';
import { makeTestApp } from '../support/make-test-deps';

/** What several people see alike is one object, which streams turn into bytes once. */

const people = 12;

/** A group whose members listen; `heard` returns what they were sent of a kind for what `work` did. */
async function aGroupListens() {
  const app = await makeTestApp();
  const members: Viewer[] = [];
  while (members.length < people) members.push(await app.makeUser(`Person${members.length}`));
  const group = await app.makeConversation('group', members);
  const events: StreamEvent[] = [];
  await countStatements(async () => {
    for (const viewer of members)
      app.deps.fanOut.open(viewer, { send: (event) => void events.push(event), close: () => undefined });
  });
  const heard = async (work: () => Promise<unknown>) => {
    events.length = 0;
    await countStatements(async () => void (await work()));
    return <T extends StreamEvent['type']>(type: T) =>
      events.filter((event): event is Extract<StreamEvent, { type: T }> => event.type === type);
  };
  const [first] = members;
  if (!first) throw new Error('a group has members');
  return { app, first, group, heard };
}

const different = (things: readonly unknown[]) => new Set(things).size;

it('a message is one object for its author and one for all others, and so is its conversation', async () => {
  const { app, first, group, heard } = await aGroupListens();
  const of = await heard(() =>
    sendMessage(app.deps, first.userId, group, { text: 'Hi', clientMessageId: 'one' }),
  );
  expect([of('message').length, different(of('message').map(bytesOf))]).toEqual([people, 2]);
  // The author has read it, the others have not.
  expect([of('conversation').length, different(of('conversation').map(bytesOf))]).toEqual([people, 2]);
});

it('the people of a call that rings everyone, and the news that the caller is in it, are one object each', async () => {
  const { app, first, group, heard } = await aGroupListens();
  const request = { requestId: null, clientId: tabOf(first), switchFrom: null };
  const of = await heard(() => startCall(app.deps, first, { target: { conversationId: group }, ...request }));
  const shown = of('call').flatMap(({ data }) => ('gone' in data ? [] : [data]));
  expect([shown.length, different(shown.map((view) => view.people))]).toEqual([people, 1]);
  expect([of('users').length, different(of('users').map(bytesOf))]).toEqual([people, 1]);
  // The caller is the author of its entry; all others read the same as yet.
  expect(different(of('message').map(bytesOf))).toBe(2);
});

it('an event that is put together from parts reads as if it were written whole', () => {
  const shared = { id: 'user_1', name: 'A "quoted" name', about: undefined };
  for (const data of [
    { id: 'call_1', nothing: undefined, none: null, yes: true, people: [shared, shared], shared },
    [shared, shared],
    {},
  ]) {
    const event = { type: 'users', data } as unknown as StreamEvent;
    const whole = `event: users\ndata: ${JSON.stringify(data)}\n\n`;
    expect([bytesOf(event), bytesOf(event)].map((bytes) => new TextDecoder().decode(bytes))).toEqual([
      whole,
      whole,
    ]);
  }
});
