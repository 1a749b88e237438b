import { expect, it } from 'vitest';
import type { Locker } from '@/db/locker';
import { blockUser } from '@/lib/calls/commands/block-user';
import { enterCall } from '@/lib/calls/commands/enter-call';
import { leaveByRequest, leaveCall } from '@/lib/calls/commands/leave-call';
import { ringAgain } from '@/lib/calls/commands/ring-again';
import { startCall } from '@/lib/calls/commands/start-call';
import { createGroup } from '@/lib/conversations/create-group';
import { markRead } from '@/lib/conversations/mark-read';
import { sendMessage } from '@/lib/conversations/send-message';
import { callIdSchema } from '@/lib/ids';
import { removePerson } from '@/lib/operator/remove-person';
import type { Viewer } from '@/lib/viewer';
import { tabOf } from '../support/in-process-call';
import { makeTestApp } from '../support/make-test-deps';

/** docs/decisions/056: what is decided by rows is decided under their locks; who else decides by them waits. */
async function community() {
  const locked: string[] = [];
  const lock: Locker = async (table, ids) => void locked.push(table, ...ids);
  const app = await makeTestApp({}, lock);
  const [alice, bob, carol, dan] = [
    await app.makeUser('Alice', { isOperator: true }),
    await app.makeUser('Bob'),
    await app.makeUser('Carol'),
    await app.makeUser('Dan'),
  ];
  const direct = await app.makeConversation('direct', [alice, bob]);
  const group = await app.makeConversation('group', [alice, bob, carol]);
  const named = new Map<string, string>([
    ...Object.entries({ alice, bob, carol, dan }).map(([name, { userId }]) => [userId, name] as const),
    [direct, 'direct'],
    [group, 'group'],
    ['1', 'community'],
  ]);
  /** The names of what one command locks, in alphabetical order. */
  const locksOf = async (work: () => Promise<unknown>) => {
    locked.splice(0);
    await work();
    return [...new Set(locked.flatMap((id) => named.get(id) ?? []))].sort();
  };
  const start = async (caller: Viewer, target: Parameters<typeof startCall>[2]['target']) => {
    const request = { target, requestId: null, clientId: tabOf(caller), switchFrom: null };
    return callIdSchema.parse((await startCall(app.deps, caller, request)).call.id);
  };
  const enter = (who: Viewer, callId: ReturnType<typeof callIdSchema.parse>) =>
    enterCall(app.deps, who, { callId, clientId: tabOf(who), switchFrom: null });
  return { app, alice, bob, carol, dan, direct, group, locksOf, start, enter };
}

it('a start locks everyone whom it may ring, so that a block, a mute or do not disturb comes before it or ends it', async () => {
  const { alice, bob, dan, group, locksOf, start } = await community();
  expect(await locksOf(() => start(dan, { userId: alice.userId }))).toEqual(['alice', 'dan']);
  expect(await locksOf(() => start(bob, { conversationId: group }))).toEqual([
    'alice',
    'bob',
    'carol',
    'group',
  ]);
});

it('what a call’s people do locks its conversation and all of them', async () => {
  const { app, alice, bob, carol, group, locksOf, start, enter } = await community();
  const callId = await start(alice, { conversationId: group });
  const everyone = ['alice', 'bob', 'carol', 'group'];
  expect(await locksOf(() => enter(bob, callId))).toEqual(everyone);
  expect(await locksOf(() => leaveCall(app.deps, bob, { callId, clientId: tabOf(bob) }))).toEqual(everyone);
  const again = () => ringAgain(app.deps, alice, { callId, userId: bob.userId });
  expect(await locksOf(again)).toEqual(everyone);
  expect(await locksOf(() => enter(carol, callId))).toEqual(everyone);
});

it('a switch locks both calls’ conversations', async () => {
  const { app, alice, carol, direct, group, locksOf, start } = await community();
  const from = await start(alice, { conversationId: direct });
  const to = await start(carol, { conversationId: group });
  const change = () => enterCall(app.deps, alice, { callId: to, clientId: tabOf(alice), switchFrom: from });
  expect(await locksOf(change)).toEqual(['alice', 'bob', 'carol', 'direct', 'group']);
});

it('a start and the leave of the same request wait for one another', async () => {
  const { app, alice, locksOf } = await community();
  const request = { requestId: 'request-1', clientId: tabOf(alice) };
  expect(await locksOf(() => leaveByRequest(app.deps, alice, request))).toEqual(['alice']);
});

it('a block and a direct message lock both people, a reader’s mark only the reader', async () => {
  const { app, alice, bob, direct, locksOf } = await community();
  const send = () =>
    sendMessage(app.deps, alice.userId, direct, { text: 'hi', clientMessageId: 'first-one' });
  expect(await locksOf(send)).toEqual(['alice', 'bob', 'direct']);
  expect(await locksOf(() => markRead(app.deps, bob.userId, direct, 1))).toEqual(['bob']);
  expect(await locksOf(() => blockUser(app.deps, bob.userId, alice.userId))).toEqual([
    'alice',
    'bob',
    'direct',
  ]);
});

it('a group’s number is dealt under the community’s lock, and a person is removed under it', async () => {
  const { app, alice, bob, carol, locksOf } = await community();
  const make = () =>
    createGroup(app.deps, alice.userId, { userIds: [bob.userId, carol.userId], title: null });
  expect(await locksOf(make)).toEqual(['alice', 'bob', 'carol', 'community']);
  const remove = () => removePerson(app.deps, alice.userId, carol.userId);
  expect(await locksOf(remove)).toEqual(['alice', 'carol', 'community', 'group']);
});
