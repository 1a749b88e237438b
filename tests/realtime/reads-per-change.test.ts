import type { StreamEvent } from '@parley/call-protocol';
import { expect, it } from 'vitest';
import { leaveCall } from '@/lib/calls/commands/leave-call';
import { startCall } from '@/lib/calls/commands/start-call';
import { sendMessage } from '@/lib/conversations/send-message';
import { callIdSchema } from '@/lib/ids';
import type { Viewer } from '@/lib/viewer';
import { countStatements } from '../support/count-statements';
import { tabOf } from '../support/in-process-call';
import { makeTestApp, type TestApp } from '../support/make-test-deps';

/**
 * How many statements one change costs the whole server: the change itself, and the views of all streams. The
 * numbers are the same for two streams as for two hundred; a read per stream would add two hundred.
 */

async function community(streams: number) {
  const app = await makeTestApp();
  const people: Viewer[] = [];
  for (let n = 0; n <= streams; n += 1) people.push(await app.makeUser(`Person${n}`));
  const [late, ...present] = people;
  const [first] = present;
  if (!late || !first) throw new Error('a community needs people');
  const sent: StreamEvent['type'][] = [];
  const open = (viewer: Viewer) =>
    app.deps.fanOut.open(viewer, {
      send: ({ type }) => {
        if (type !== 'heartbeat') sent.push(type);
      },
      close: () => undefined,
    });
  /** How many statements one change costs, and how many events of each kind it sends. */
  const cost = async (change: () => Promise<unknown>) => {
    sent.splice(0);
    const { reads, writes } = await countStatements(async () => void (await change()));
    const events = Object.fromEntries(
      Object.entries(Object.groupBy(sent, (type) => type)).map(([type, all]) => [type, all.length]),
    );
    return { reads: reads.length, writes: writes.length, events };
  };
  await cost(async () => {
    for (const viewer of present) open(viewer);
  });
  return { app, first, late, people, present, open, cost };
}

const startsCall = (app: TestApp, caller: Viewer, conversationId: string) =>
  startCall(app.deps, caller, {
    target: { conversationId: conversationId as never },
    requestId: null,
    clientId: tabOf(caller),
    switchFrom: null,
  });

it.each([2, 200])(
  'a channel message to %i streams',
  async (streams) => {
    const { app, first, people, cost } = await community(streams);
    const channel = await app.makeConversation('channel', people);
    const send = () => sendMessage(app.deps, first.userId, channel, { text: 'hi', clientMessageId: 'one' });
    expect(await cost(send)).toEqual({
      reads: 10,
      writes: 3,
      events: { conversation: streams, message: streams },
    });
  },
  60_000,
);

it.each([2, 200])(
  'one person coming online among %i streams',
  async (streams) => {
    const { late, open, cost } = await community(streams);
    expect(await cost(async () => open(late))).toEqual({
      reads: 11,
      writes: 0,
      events: { snapshot: 1, users: streams + 1 },
    });
  },
  60_000,
);

it.each([2, 25])(
  'a group ring of %i, and its end',
  async (streams) => {
    const { app, first, present, cost } = await community(streams);
    const group = await app.makeConversation('group', present);
    let callId = '';
    const start = async () => {
      callId = (await startsCall(app, first, group)).call.id;
    };
    expect(await cost(start)).toEqual({
      reads: 38,
      writes: 8,
      events: { call: streams, conversation: streams, message: streams, users: streams },
    });
    const leave = () =>
      leaveCall(app.deps, first, { callId: callIdSchema.parse(callId), clientId: tabOf(first) });
    expect(await cost(leave)).toEqual({
      reads: 27,
      writes: 10,
      events: { call: streams, conversation: streams, message: streams, users: streams, me: streams },
    });
  },
  60_000,
);
