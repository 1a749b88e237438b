import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { members } from '@/db/schema';
import { blockUser } from '@/lib/calls/commands/block-user';
import { startCall } from '@/lib/calls/commands/start-call';
import { readUser } from '@/lib/users/read-users';
import { tabOf, twoPeople } from '../support/in-process-call';

it('the answer to a start is the same for a muted conversation as for any other', async () => {
  const answers = [];
  for (const isMuted of [false, true]) {
    const { app, alice, bob, direct } = await twoPeople();
    app.online.add(bob.userId);
    await app.deps.transaction(async (tx) => {
      await tx.update(members).set({ callsMuted: isMuted }).where(eq(members.userId, bob.userId));
    });
    const request = {
      target: { conversationId: direct },
      requestId: null,
      clientId: tabOf(alice),
      switchFrom: null,
    };
    const { call } = await startCall(app.deps, alice, request);
    const ring = call.people.find(({ user }) => user.id === bob.userId)?.ring;
    answers.push({ state: ring?.state, isConfirmed: ring?.isConfirmed });
  }
  expect(answers[1]).toEqual(answers[0]);
});

it('a block shows in nothing that the blocked person can read of themselves, and in the blocker’s view', async () => {
  const { app, alice, bob } = await twoPeople();
  const own = await readUser(app.deps, bob.userId, bob.userId);
  const seen = await readUser(app.deps, alice.userId, bob.userId);
  await blockUser(app.deps, alice.userId, bob.userId);
  expect(await readUser(app.deps, bob.userId, bob.userId)).toEqual(own);
  const after = await readUser(app.deps, alice.userId, bob.userId);
  expect(after?.isBlocked).toBe(true);
  expect(after?.revision).toBeGreaterThan(seen?.revision ?? 0);
});
