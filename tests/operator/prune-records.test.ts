import { eq } from 'drizzle-orm';
import { expect, it, onTestFinished, vi } from 'vitest';
import { isPostgres } from '@/db/dialect';
import { callTriggers, links, signIns } from '@/db/schema';
import { leaveCall } from '@/lib/calls/commands/leave-call';
import { startCall } from '@/lib/calls/commands/start-call';
import { callIdSchema, type LinkId, makeId, type SignInId } from '@/lib/ids';
import { pruneRecords, startPruning } from '@/lib/operator/prune-records';
import { callStory } from '@/scripts/call-story.mjs';
import { tabOf, twoPeople } from '../support/in-process-call';
import { makeTestApp } from '../support/make-test-deps';
import { whereIs } from '../support/test-database';
import { waitFor } from '../support/wait-for';

const hourMs = 3600 * 1000;
const dayMs = 24 * hourMs;

async function aliceCalls() {
  const people = await twoPeople();
  const { app, alice, bob } = people;
  const { call } = await startCall(app.deps, alice, {
    target: { userId: bob.userId },
    requestId: null,
    clientId: tabOf(alice),
    switchFrom: null,
  });
  return { ...people, callId: callIdSchema.parse(call.id) };
}

it('sign-ins are kept for 30 days after they were revoked or their cookie expired', async () => {
  const app = await makeTestApp();
  const { userId, signInId: fresh } = await app.makeUser('Alice');
  const now = app.clock.wallNow();
  const named = (name: string) => `signin_${name}` as SignInId;
  const ago = (days: number) => now - days * dayMs;
  await app.deps.transaction(async (tx) => {
    await tx.insert(signIns).values([
      { id: named('revoked29'), userId, createdAt: ago(40), revokedAt: ago(29) },
      { id: named('revoked31'), userId, createdAt: ago(40), revokedAt: ago(31) },
      { id: named('expired29'), userId, createdAt: ago(90 + 29) },
      { id: named('expired31'), userId, createdAt: ago(90 + 31) },
    ]);
  });
  expect(await pruneRecords(app.deps)).toBe(2);
  const left = (await app.deps.db.select({ id: signIns.id }).from(signIns)).map(({ id }) => id);
  expect(left.sort()).toEqual([fresh, named('revoked29'), named('expired29')].sort());
  expect(await pruneRecords(app.deps), 'a second time there is nothing').toBe(0);
});

it('a sign-in that holds a live part stays, so that its revocation still ends that part', async () => {
  const { app, alice, bob, callId } = await aliceCalls();
  await app.deps.transaction(async (tx) => {
    await tx.update(signIns).set({ createdAt: 0, revokedAt: 1 });
  });
  expect(await pruneRecords(app.deps), 'Bob is only rung').toBe(1);
  await leaveCall(app.deps, alice, { callId, clientId: tabOf(alice) });
  expect(await pruneRecords(app.deps)).toBe(1);
  expect(bob.signInId).not.toBe(alice.signInId);
});

it('links are kept for 30 days after they were revoked, expired or used up', async () => {
  const app = await makeTestApp();
  const now = app.clock.wallNow();
  const ago = (days: number) => now - days * dayMs;
  const ended: [string, Partial<typeof links.$inferInsert>][] = [
    ['for ever', { maxUses: null, useCount: 500, usedAt: ago(200) }],
    ['unused', { maxUses: 1 }],
    ['not used up', { maxUses: 3, useCount: 2, usedAt: ago(200) }],
    ['revoked 29 days ago', { revokedAt: ago(29) }],
    ['expired 29 days ago', { expiresAt: ago(29) }],
    ['used up 29 days ago', { maxUses: 1, useCount: 1, usedAt: ago(29) }],
    ['revoked 31 days ago', { revokedAt: ago(31) }],
    ['expired 31 days ago', { expiresAt: ago(31) }],
    ['used up 31 days ago', { maxUses: 1, useCount: 1, usedAt: ago(31) }],
  ];
  await app.deps.transaction(async (tx) => {
    for (const [tokenHash, more] of ended) {
      await tx
        .insert(links)
        .values({ id: makeId('link') as LinkId, kind: 'invite', tokenHash, createdAt: ago(300), ...more });
    }
  });
  expect(await pruneRecords(app.deps)).toBe(3);
  const left = (await app.deps.db.select({ hash: links.tokenHash }).from(links)).map(({ hash }) => hash);
  expect(left.sort()).toEqual(
    ended
      .slice(0, 6)
      .map(([hash]) => hash)
      .sort(),
  );
});

it('what happened in a call is kept for 30 days; how it ended stays, and its story says so', async () => {
  const { app, alice, callId } = await aliceCalls();
  const where = whereIs(app.deps);
  app.clock.advance(1000);
  await leaveCall(app.deps, alice, { callId, clientId: tabOf(alice) });
  app.clock.advance(29 * dayMs);
  expect(await pruneRecords(app.deps)).toBe(0);
  expect(await callStory(where, callId)).toMatch(/command +leave +alice +→ ended: cancelled/);
  app.clock.advance(2 * dayMs);
  expect(await pruneRecords(app.deps)).toBeGreaterThan(0);
  expect(await app.deps.db.$count(callTriggers)).toBe(0);
  const story = await callStory(where, callId);
  expect(story).toMatch(/call by alice: ended, cancelled/);
  expect(story).toMatch(/bob +cancelled, by alice/);
  expect(story).toContain('kept for 30 days');
});

it('many go in batches, between which other transactions get their turn', async () => {
  const { app, callId } = await aliceCalls();
  await app.deps.transaction(async (tx) => {
    const row = { callId, trigger: 'looked', outcome: 'no change: once', happenedAt: 0 };
    await tx.insert(callTriggers).values(Array.from({ length: 2500 }, () => row));
  });
  const pruned = pruneRecords(app.deps);
  let left = 2500;
  const between = app.deps.transaction(async (tx) => {
    left = await tx.$count(callTriggers, eq(callTriggers.trigger, 'looked'));
  });
  expect(await pruned).toBe(2500);
  await between;
  // Servers ask in any order; each sees whole batches.
  expect(isPostgres ? [2500, 1500, 500, 0] : [1500]).toContain(left);
});

it('prunes an hour after the start, and every hour after that whatever fails, until it is stopped', async () => {
  const app = await makeTestApp();
  const { userId } = await app.makeUser('Alice');
  const insertOld = (name: string) =>
    app.deps.transaction(async (tx) => {
      await tx.insert(signIns).values({ id: name as SignInId, userId, createdAt: 0 });
    });
  const countSignIns = () => app.deps.db.$count(signIns);
  await insertOld('signin_1');
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  let tries = 0;
  const stop = startPruning({
    ...app.deps,
    transaction: (work) => {
      tries += 1;
      return tries === 1 ? Promise.reject(new Error('the disk is full')) : app.deps.transaction(work);
    },
  });
  vi.advanceTimersByTime(hourMs - 1);
  expect(tries, 'not before an hour has passed').toBe(0);
  vi.advanceTimersByTime(1);
  expect(tries).toBe(1);
  vi.advanceTimersByTime(hourMs);
  await waitFor('the old sign-in’s deletion', async () => (await countSignIns()) === 1, 5000);
  stop();
  const triesBefore = tries;
  vi.advanceTimersByTime(2 * hourMs);
  expect(tries, 'stopped').toBe(triesBefore);
});
