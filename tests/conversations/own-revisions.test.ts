import { expect, it } from 'vitest';
import { blockUser } from '@/lib/calls/commands/block-user';
import { changeConversation } from '@/lib/calls/commands/change-conversation';
import { addToGroup, removeFromGroup } from '@/lib/calls/commands/change-members';
import { startCall } from '@/lib/calls/commands/start-call';
import { callIdSchema } from '@/lib/ids';
import { unblockUser } from '@/lib/users/block';
import type { Viewer } from '@/lib/viewer';
import { tabOf } from '../support/in-process-call';
import { makeTestApp } from '../support/make-test-deps';

/** tests/model/revisions.test.ts goes through everything that changes views; these are the ways back. */

async function aGroup() {
  const app = await makeTestApp();
  const [alice, bob, carol] = [
    await app.makeUser('Alice'),
    await app.makeUser('Bob'),
    await app.makeUser('Carol'),
  ];
  const group = await app.makeConversation('group', [alice, bob, carol]);
  const { readers } = app.deps;
  const ofConversation = async ({ userId }: Viewer) => (await readers.conversation(group, [userId]))(userId);
  return { app, alice, bob, carol, group, ofConversation, readers };
}

/** What was seen, oldest first: shown, removed, shown again. */
function expectToGrow(seen: ({ revision: number } | null)[]): void {
  expect(seen.map((view) => view && 'gone' in view)).toEqual([false, true, false]);
  const [before = -1, gone = -1, after = -1] = seen.map((view) => view?.revision);
  expect(gone).toBeGreaterThan(before);
  expect(after).toBeGreaterThan(gone);
}

it('a member who was removed and returns is sent higher revisions, although their own row counts anew', async () => {
  const { app, alice, bob, group, ofConversation } = await aGroup();
  for (const callsMuted of [true, false, true, false])
    await changeConversation(app.deps, bob.userId, group, { callsMuted });
  const seen = [await ofConversation(bob)];
  await removeFromGroup(app.deps, alice.userId, group, bob.userId);
  seen.push(await ofConversation(bob));
  await addToGroup(app.deps, alice.userId, group, bob.userId);
  seen.push(await ofConversation(bob));
  expectToGrow(seen);
});

it('so is the group’s live call', async () => {
  const { app, alice, bob, group, readers } = await aGroup();
  const request = { target: { conversationId: group }, requestId: null, switchFrom: null };
  const { call } = await startCall(app.deps, alice, { ...request, clientId: tabOf(alice) });
  const ofCall = async () => (await readers.call(callIdSchema.parse(call.id)))(bob.userId);
  const seen = [await ofCall()];
  await removeFromGroup(app.deps, alice.userId, group, bob.userId);
  seen.push(await ofCall());
  await addToGroup(app.deps, alice.userId, group, bob.userId);
  seen.push(await ofCall());
  expectToGrow(seen);
});

it('whom a viewer blocks raises the person’s view for that viewer, and for no other', async () => {
  const { app, alice, bob, carol, readers } = await aGroup();
  const seenBy = async ({ userId }: Viewer) =>
    (await readers.users([carol.userId], [userId]))(userId)?.(carol.userId)?.revision ?? -1;
  const others = await seenBy(bob);
  const own = [await seenBy(alice)];
  await blockUser(app.deps, alice.userId, carol.userId);
  own.push(await seenBy(alice));
  await unblockUser(app.deps, alice.userId, carol.userId);
  own.push(await seenBy(alice));
  expect(own).toEqual([...new Set(own)].sort((one, other) => one - other));
  expect(await seenBy(bob)).toBe(others);
});
