import type { RingState } from '@parley/call-protocol';
import { describe, expect, it } from 'vitest';
import { blocks, calls, rings } from '@/db/schema';
import { type ConversationId, makeId } from '@/lib/ids';
import { readBlocked, readKnowing } from '@/lib/users/relation';
import type { Viewer } from '@/lib/viewer';
import { makeTestApp, type TestApp } from '../support/make-test-deps';

async function twoPeople() {
  const app = await makeTestApp();
  const alice = await app.makeUser('Alice');
  const bob = await app.makeUser('Bob');
  /** Whether Bob knows Alice, as when Alice wants to reach Bob. */
  const bobKnowsAlice = async (without?: ConversationId) =>
    (await readKnowing(app.deps.db, alice.userId, [bob.userId], without ? { without } : {})).has(bob.userId);
  const aliceKnowsBob = async () =>
    (await readKnowing(app.deps.db, bob.userId, [alice.userId])).has(alice.userId);
  return { app, alice, bob, bobKnowsAlice, aliceKnowsBob };
}

async function rang(app: TestApp, id: ConversationId, ringer: Viewer, callee: Viewer, state: RingState) {
  const callId = makeId('call');
  await app.deps.transaction(async (tx) => {
    await tx.insert(calls).values({
      id: callId,
      conversationId: id,
      callerId: ringer.userId,
      status: 'ended',
      roomName: callId,
      createdAt: 0,
    });
    await tx.insert(rings).values({
      id: makeId('ring'),
      callId,
      userId: callee.userId,
      ringerId: ringer.userId,
      state,
      startedAt: 0,
      deadlineAt: 0,
    });
  });
}

describe('I know someone', () => {
  it('not because a conversation stands there, and not because they wrote to me', async () => {
    const { app, alice, bob, bobKnowsAlice, aliceKnowsBob } = await twoPeople();
    const direct = await app.makeConversation('direct', [alice, bob]);
    await app.say(alice, direct);
    expect(await bobKnowsAlice()).toBe(false);
    expect(await aliceKnowsBob()).toBe(true);
  });

  it('because I called them', async () => {
    const { app, alice, bob, bobKnowsAlice, aliceKnowsBob } = await twoPeople();
    await rang(app, await app.makeConversation('direct', [alice, bob]), bob, alice, 'missed');
    expect(await bobKnowsAlice()).toBe(true);
    expect(await aliceKnowsBob()).toBe(false);
  });

  it.each([
    ['accepted', true],
    ['declined', false],
    ['missed', false],
    ['not_allowed', false],
  ] as const)('when their ring was %s: %s', async (state, isKnown) => {
    const { app, alice, bob, bobKnowsAlice } = await twoPeople();
    await rang(app, await app.makeConversation('direct', [alice, bob]), alice, bob, state);
    expect(await bobKnowsAlice()).toBe(isKnown);
  });

  it('because we share a group that I made', async () => {
    const { app, alice, bob, bobKnowsAlice, aliceKnowsBob } = await twoPeople();
    await app.makeConversation('group', [bob, alice]);
    expect(await bobKnowsAlice()).toBe(true);
    expect(await aliceKnowsBob()).toBe(false);
  });

  it('because we share a group that I wrote in, unless that group is left out', async () => {
    const { app, alice, bob, bobKnowsAlice } = await twoPeople();
    const group = await app.makeConversation('group', [alice, bob]);
    expect(await bobKnowsAlice()).toBe(false);
    await app.say(bob, group);
    expect(await bobKnowsAlice()).toBe(true);
    expect(await bobKnowsAlice(group)).toBe(false);
  });

  it('not because we both wrote in a channel', async () => {
    const { app, alice, bob, bobKnowsAlice } = await twoPeople();
    const channel = await app.makeConversation('channel', [alice, bob]);
    await app.say(bob, channel);
    await app.say(alice, channel);
    expect(await bobKnowsAlice()).toBe(false);
  });
});

it('a block counts in both directions, and for these two people alone', async () => {
  const { app, alice, bob } = await twoPeople();
  const carol = await app.makeUser('Carol');
  await app.deps.transaction(async (tx) => {
    await tx.insert(blocks).values({ blockerId: bob.userId, blockedId: alice.userId, createdAt: 0 });
  });
  const of = async (from: Viewer, to: Viewer) =>
    (await readBlocked(app.deps.db, from.userId, [to.userId, carol.userId])).has(to.userId);
  expect([await of(alice, bob), await of(bob, alice), await of(alice, carol)]).toEqual([true, true, false]);
});
