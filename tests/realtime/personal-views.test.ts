import type { StreamEvent } from '@parley/call-protocol';
import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { members } from '@/db/schema';
import { blockUser } from '@/lib/calls/commands/block-user';
import { leaveCall } from '@/lib/calls/commands/leave-call';
import { startCall } from '@/lib/calls/commands/start-call';
import { sendMessage } from '@/lib/conversations/send-message';
import { callIdSchema } from '@/lib/ids';
import type { Viewer } from '@/lib/viewer';
import { countStatements } from '../support/count-statements';
import { tabOf } from '../support/in-process-call';
import { makeTestApp } from '../support/make-test-deps';

/** One read serves all streams; what is personal is laid over it for each. */

type Type = StreamEvent['type'];
type DataOf<T extends Type> = Extract<StreamEvent, { type: T }>['data'];

async function everyoneListens() {
  const app = await makeTestApp();
  const [alice, bob, carol, dan] = [
    await app.makeUser('Alice'),
    await app.makeUser('Bob'),
    await app.makeUser('Carol'),
    await app.makeUser('Dan'),
  ];
  const group = await app.makeConversation('group', [alice, bob, carol]);
  const events = new Map<Viewer, StreamEvent[]>();
  for (const viewer of [alice, bob, carol, dan]) {
    const heard: StreamEvent[] = [];
    events.set(viewer, heard);
    app.deps.fanOut.open(viewer, { send: (event) => void heard.push(event), close: () => undefined });
  }
  /** Does it, and returns the last event of a kind that each of these viewers was sent since, or null. */
  const after = async (work: () => Promise<unknown>) => {
    for (const heard of events.values()) heard.splice(0);
    await countStatements(async () => void (await work()));
    return <T extends Type>(type: T, ...viewers: Viewer[]) =>
      viewers.map((viewer) => {
        const found = events.get(viewer)?.findLast((event) => event.type === type);
        return (found?.data ?? null) as DataOf<T> | null;
      });
  };
  await after(async () => undefined);
  return { app, alice, bob, carol, dan, group, after };
}

it('a message names the sender’s own id to the sender alone, counts as unread for the others, and reaches no outsider', async () => {
  const { app, alice, bob, dan, group, after } = await everyoneListens();
  const message = { text: 'hello', clientMessageId: 'client-made-1' };
  const seen = await after(() => sendMessage(app.deps, alice.userId, group, message));
  expect(seen('message', alice, bob, dan)).toMatchObject([
    { text: 'hello', clientMessageId: 'client-made-1' },
    { text: 'hello', clientMessageId: null },
    null,
  ]);
  expect(seen('conversation', alice, bob, dan)).toMatchObject([{ unreadCount: 0 }, { unreadCount: 1 }, null]);
});

it('a conversation is muted for the members who muted it', async () => {
  const { app, bob, carol, alice, group, after } = await everyoneListens();
  await app.deps.transaction(async (tx) => {
    await tx.update(members).set({ callsMuted: true });
    await tx.update(members).set({ callsMuted: false }).where(eq(members.userId, bob.userId));
  });
  const seen = await after(() =>
    app.deps.bus.publish({ type: 'wake', who: 'everyone', what: { conversations: [group] } }),
  );
  expect(seen('conversation', alice, bob, carol)).toMatchObject([
    { callsMuted: true },
    { callsMuted: false },
    { callsMuted: true },
  ]);
});

it('a block shows to the blocker alone, also when everyone looks at the blocked person', async () => {
  const { app, alice, bob, carol, after } = await everyoneListens();
  await after(() => blockUser(app.deps, bob.userId, alice.userId));
  const seen = await after(() =>
    app.deps.bus.publish({ type: 'wake', who: 'everyone', what: { users: [alice.userId] } }),
  );
  expect(seen('users', alice, bob, carol)).toMatchObject([
    [{ id: alice.userId, isBlocked: false }],
    [{ id: alice.userId, isBlocked: true }],
    [{ id: alice.userId, isBlocked: false }],
  ]);
});

it('a ring rings each callee in their own way, and says nothing to the others of how', async () => {
  const { app, alice, bob, carol, dan, group, after } = await everyoneListens();
  await app.deps.transaction((tx) =>
    tx
      .update(members)
      .set({ callsMuted: true })
      .where(eq(members.userId, carol.userId))
      .then(() => undefined),
  );
  let callId = '';
  const seen = await after(async () => {
    const request = { target: { conversationId: group }, requestId: null, switchFrom: null };
    callId = (await startCall(app.deps, alice, { ...request, clientId: tabOf(alice) })).call.id;
  });
  const [hers, his, mutedOnes, outsiders] = seen('call', alice, bob, carol, dan);
  expect([hers, his, mutedOnes]).toMatchObject([
    { viewerId: alice.userId, myRing: null, holderClientId: tabOf(alice) },
    { viewerId: bob.userId, myRing: { isQuiet: false }, holderClientId: null },
    { viewerId: carol.userId, myRing: { isQuiet: true }, holderClientId: null },
  ]);
  expect(outsiders).toBeNull();
  expect(JSON.stringify([hers, his])).not.toContain('"isQuiet":true');

  const left = await after(() =>
    leaveCall(app.deps, alice, { callId: callIdSchema.parse(callId), clientId: tabOf(alice) }),
  );
  expect(left('message', alice, bob, dan)).toMatchObject([
    { callEntry: { outcome: 'cancelled' } },
    { callEntry: { outcome: 'missed' } },
    null,
  ]);
  expect(left('me', alice, bob, dan)).toMatchObject([
    { id: alice.userId, missedCallCount: 0 },
    { id: bob.userId, missedCallCount: 1 },
    null,
  ]);
});
