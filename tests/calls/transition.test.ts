import { describe, expect, it } from 'vitest';
import {
  type Call,
  connectTimeoutMs,
  handoverMs,
  mediaLostTimeoutMs,
  type Participation,
  type Ring,
} from '@/lib/calls/call';
import { type Outcome, transition } from '@/lib/calls/transition';
import type { Trigger, TriggerType } from '@/lib/calls/trigger';
import type { CallId, ClientId, ConversationId, RingId, SignInId, UserId } from '@/lib/ids';

const [alice, bob, carol] = ['user_alice', 'user_bob', 'user_carol'] as [UserId, UserId, UserId];
const [tab, otherTab, thirdTab] = ['client_tab', 'client_other', 'client_third'] as [
  ClientId,
  ClientId,
  ClientId,
];
const signInId = 'signin_1' as SignInId;
const times = { ringTimeoutMs: 60_000, rejoinTimeoutMs: 15_000 };
const now = 1_000_000;

function part(userId: UserId, change: Partial<Participation> = {}): Participation {
  return {
    userId,
    clientId: tab,
    signInId,
    state: 'joined',
    mediaSid: `sid_${userId}`,
    connectDeadlineAt: null,
    rejoinDeadlineAt: null,
    droppedAt: null,
    movingFrom: null,
    enteredAt: now - 5000,
    ...change,
  };
}

function ring(userId: UserId, change: Partial<Ring> = {}): Ring {
  return {
    id: `ring_${userId}` as RingId,
    userId,
    ringerId: alice,
    state: 'ringing',
    isQuiet: false,
    isReached: true,
    isConfirmed: true,
    startedAt: now - 5000,
    deadlineAt: now + 55_000,
    ...change,
  };
}

function call(change: Partial<Call> = {}): Call {
  return {
    id: 'call_1' as CallId,
    conversationId: 'conv_1' as ConversationId,
    callerId: alice,
    roomName: 'parley_x_1',
    status: 'ringing',
    endReason: null,
    activeAt: null,
    lengthMs: null,
    mediaLostAt: null,
    rings: [ring(bob)],
    participations: [part(alice)],
    ...change,
  };
}

const ringing = () => call();
const active = () =>
  call({
    status: 'active',
    activeAt: now - 4000,
    rings: [ring(bob, { state: 'accepted' })],
    participations: [part(alice), part(bob)],
  });
const ended = () =>
  call({
    status: 'ended',
    endReason: 'completed',
    activeAt: now - 4000,
    lengthMs: 4000,
    rings: [ring(bob, { state: 'accepted' })],
    participations: [part(alice, { state: 'left' }), part(bob, { state: 'left' })],
  });

const triggers: { [T in TriggerType]: Extract<Trigger, { type: T }> } = {
  enter: { type: 'enter', userId: bob, clientId: tab, signInId },
  move: { type: 'move', userId: alice, clientId: otherTab, signInId },
  decline: { type: 'decline', userId: bob, ringId: null },
  leave: { type: 'leave', userId: alice, clientId: tab },
  ring: {
    type: 'ring',
    ringId: 'ring_2' as RingId,
    ringerId: alice,
    userId: carol,
    isQuiet: false,
    isReached: true,
    isConfirmed: false,
  },
  stop_ring: { type: 'stop_ring', byUserId: alice, userId: bob },
  confirm_ring: { type: 'confirm_ring', userId: bob },
  reach: { type: 'reach', userId: bob, confirms: false },
  quiet_ring: { type: 'quiet_ring', userId: bob },
  remove_member: { type: 'remove_member', userId: bob },
  block: { type: 'block', blockerId: bob, blockedId: alice, isDirect: true },
  media_joined: { type: 'media_joined', userId: alice, clientId: tab, sid: 'sid_new' },
  media_left: { type: 'media_left', userId: alice, clientId: tab, sid: 'sid_user_alice' },
  media_lost: { type: 'media_lost' },
  media_restored: { type: 'media_restored', present: [] },
  refresh: { type: 'refresh' },
  time_passed: { type: 'time_passed' },
};

function word(outcome: Outcome): string {
  if (outcome.kind === 'refused') return outcome.code;
  if (outcome.kind === 'unchanged') return 'unchanged';
  return outcome.call.endReason ?? outcome.call.status;
}

function follow(before: Call, trigger: Trigger, at = now): Call {
  const outcome = transition(before, trigger, at, times);
  if (outcome.kind !== 'changed') throw new Error(`expected a change, got ${word(outcome)}`);
  return outcome.call;
}

/** Applies one trigger after another; unchanged ones are allowed. */
function play(start: Call, steps: [Trigger, at?: number][]): Call {
  return steps.reduce((before, [trigger, at]) => {
    const outcome = transition(before, trigger, at ?? now, times);
    if (outcome.kind === 'refused') throw new Error(`refused: ${outcome.code}`);
    return outcome.kind === 'changed' ? outcome.call : before;
  }, start);
}

describe('the full table of status and trigger', () => {
  const matrix: Record<TriggerType, [whileRinging: string, whileActive: string, whenEnded: string]> = {
    enter: ['active', 'unchanged', 'call_ended'],
    move: ['ringing', 'active', 'call_ended'],
    decline: ['declined', 'unchanged', 'unchanged'],
    leave: ['cancelled', 'completed', 'unchanged'],
    ring: ['ringing', 'active', 'call_ended'],
    stop_ring: ['missed', 'unchanged', 'unchanged'],
    confirm_ring: ['unchanged', 'unchanged', 'unchanged'],
    reach: ['unchanged', 'unchanged', 'unchanged'],
    quiet_ring: ['ringing', 'unchanged', 'unchanged'],
    remove_member: ['missed', 'completed', 'unchanged'],
    block: ['declined', 'completed', 'unchanged'],
    media_joined: ['ringing', 'active', 'unchanged'],
    media_left: ['ringing', 'active', 'unchanged'],
    media_lost: ['ringing', 'active', 'unchanged'],
    media_restored: ['ringing', 'active', 'unchanged'],
    refresh: ['ringing', 'active', 'unchanged'],
    time_passed: ['unchanged', 'unchanged', 'unchanged'],
  };
  const types = Object.keys(triggers) as TriggerType[];
  it.each(types)('%s does what the table says in every status', (type) => {
    const trigger = triggers[type];
    const found = [ringing(), active(), ended()].map((before) =>
      word(transition(before, trigger, now, times)),
    );
    expect(found).toEqual(matrix[type]);
  });

  it('never changes the call it was given', () => {
    for (const before of [ringing(), active(), ended()]) {
      const copy = structuredClone(before);
      for (const trigger of Object.values(triggers)) transition(before, trigger, now, times);
      expect(before).toEqual(copy);
    }
  });
});

describe('ringing', () => {
  it('becomes active with the first entry of anyone but the caller, and accepts that person’s ring', () => {
    const entered = follow(ringing(), triggers.enter);
    expect(entered).toMatchObject({ status: 'active', activeAt: now });
    expect(entered.rings[0]?.state).toBe('accepted');
  });

  it('stays ringing when the caller’s own tab comes back', () => {
    const dropped = call({
      participations: [part(alice, { state: 'rejoining', rejoinDeadlineAt: now + 9000, mediaSid: null })],
    });
    const back = follow(dropped, { type: 'enter', userId: alice, clientId: tab, signInId });
    expect(back.status).toBe('ringing');
    expect(back.participations[0]).toMatchObject({
      state: 'joined',
      connectDeadlineAt: now + connectTimeoutMs,
    });
  });

  it('lets one tab answer: another tab is refused, the winner may repeat', () => {
    const entered = follow(ringing(), triggers.enter);
    expect(word(transition(entered, { ...triggers.enter, clientId: otherTab }, now, times))).toBe(
      'answered_elsewhere',
    );
    expect(word(transition(entered, triggers.enter, now, times))).toBe('unchanged');
  });

  it('ends as missed when the deadline passes and a device was there, and the ring says no answer', () => {
    const over = follow(ringing(), { type: 'time_passed' }, now + 60_000);
    expect(over).toMatchObject({ status: 'ended', endReason: 'missed' });
    expect(over.rings[0]?.state).toBe('missed');
  });

  it('marks the ring unreachable when no device of the callee was ever there', () => {
    const over = follow(
      call({ rings: [ring(bob, { isReached: false })] }),
      { type: 'time_passed' },
      now + 60_000,
    );
    expect(over.rings[0]?.state).toBe('unreachable');
  });

  it('never both accepts and misses at the deadline: whichever comes first decides', () => {
    const at = now + 55_000;
    const missedFirst = follow(ringing(), { type: 'time_passed' }, at);
    expect(word(transition(missedFirst, triggers.enter, at, times))).toBe('call_ended');
    const acceptedFirst = follow(ringing(), triggers.enter, at);
    expect(word(transition(acceptedFirst, { type: 'time_passed' }, at, times))).toBe('unchanged');
  });

  it('ends as cancelled when the caller leaves first, and the ring is cancelled', () => {
    const left = follow(ringing(), triggers.leave);
    expect(left.endReason).toBe('cancelled');
    expect(left.rings[0]?.state).toBe('cancelled');
    expect(word(transition(left, triggers.enter, now, times))).toBe('call_ended');
  });

  it('in a group goes on after one decline and ends as declined when all declined', () => {
    const group = call({ rings: [ring(bob), ring(carol)] });
    const one = follow(group, triggers.decline);
    expect(one.status).toBe('ringing');
    expect(follow(one, { type: 'decline', userId: carol, ringId: null }).endReason).toBe('declined');
  });

  it('counts people who were never allowed to ring neither as declined nor as missed', () => {
    const group = call({ rings: [ring(bob), ring(carol, { state: 'not_allowed' })] });
    expect(follow(group, triggers.decline).endReason).toBe('declined');
  });

  it('ignores a decline that answers an older ring’s window', () => {
    const again = call({ rings: [ring(bob, { id: 'ring_old' as RingId, state: 'missed' }), ring(bob)] });
    expect(
      word(transition(again, { type: 'decline', userId: bob, ringId: 'ring_old' as RingId }, now, times)),
    ).toBe('unchanged');
  });

  it('lets only the one who rings stop it', () => {
    const stranger: Trigger = { type: 'stop_ring', byUserId: carol, userId: bob };
    expect(word(transition(ringing(), stranger, now, times))).toBe('not_allowed');
  });

  it('does not ring somebody twice, nor somebody who is in the call', () => {
    expect(word(transition(ringing(), { ...triggers.ring, userId: bob }, now, times))).toBe('unchanged');
    expect(word(transition(active(), { ...triggers.ring, userId: bob }, now, times))).toBe('unchanged');
  });

  it('only lets participants ring others', () => {
    expect(word(transition(ringing(), { ...triggers.ring, ringerId: bob }, now, times))).toBe('not_allowed');
  });
});

describe('in a call', () => {
  it('ends at once when one of two leaves, and goes on when one of three does', () => {
    expect(follow(active(), triggers.leave)).toMatchObject({
      status: 'ended',
      endReason: 'completed',
      lengthMs: 4000,
    });
    const three = { ...active(), participations: [part(alice), part(bob), part(carol)] };
    expect(follow(three, triggers.leave).status).toBe('active');
  });

  it('counts down when a connection drops, and ends when the rejoin time is over', () => {
    const dropped = follow(active(), { type: 'media_left', userId: bob, clientId: tab, sid: 'sid_user_bob' });
    expect(dropped.participations[1]).toMatchObject({ state: 'rejoining', rejoinDeadlineAt: now + 15_000 });
    expect(word(transition(dropped, { type: 'time_passed' }, now + 14_999, times))).toBe('unchanged');
    const over = follow(dropped, { type: 'time_passed' }, now + 15_000);
    expect(over).toMatchObject({ status: 'ended', endReason: 'completed' });
    expect(over.lengthMs, 'the wait for a ghost is no part of the length').toBe(4000);
  });

  it('ignores news of an older connection', () => {
    const old: Trigger = { type: 'media_left', userId: bob, clientId: tab, sid: 'sid_before' };
    expect(word(transition(active(), old, now, times))).toBe('unchanged');
  });

  it('ignores the leave of a tab that does not hold the part', () => {
    expect(word(transition(active(), { ...triggers.leave, clientId: otherTab }, now, times))).toBe(
      'unchanged',
    );
  });

  it('gives up on who accepted and never reached LiveKit', () => {
    const entered = follow(ringing(), triggers.enter);
    const over = follow(entered, { type: 'time_passed' }, now + connectTimeoutMs);
    expect(over).toMatchObject({ status: 'ended', endReason: 'completed', lengthMs: 0 });
  });

  it('hands over to another device without a moment outside the call', () => {
    const moving = follow(active(), { ...triggers.move, userId: bob });
    expect(moving.participations[1]).toMatchObject({ state: 'joined', clientId: otherTab, movingFrom: tab });
    const moved = follow(moving, { type: 'media_joined', userId: bob, clientId: otherTab, sid: 'sid_other' });
    expect(moved.participations[1]).toMatchObject({
      state: 'joined',
      movingFrom: tab,
      mediaSid: 'sid_other',
    });
    const heard = follow(moved, { type: 'time_passed' }, now + handoverMs);
    expect(heard.participations[1]).toMatchObject({
      state: 'joined',
      clientId: otherTab,
      movingFrom: null,
      connectDeadlineAt: null,
    });
  });

  it('gives the part back when the new device goes before the old one was let go', () => {
    const moving = follow(active(), { ...triggers.move, userId: bob });
    const up = follow(moving, { type: 'media_joined', userId: bob, clientId: otherTab, sid: 'sid_other' });
    const lost = follow(up, { type: 'media_left', userId: bob, clientId: otherTab, sid: 'sid_other' });
    expect(lost.participations[1]).toMatchObject({ state: 'joined', clientId: tab, movingFrom: null });
  });

  it('keeps the talking device through a second move before the first was up', () => {
    const moving = follow(active(), { ...triggers.move, userId: bob });
    const again = follow(moving, { ...triggers.move, userId: bob, clientId: thirdTab });
    expect(again.participations[1]).toMatchObject({ clientId: thirdTab, movingFrom: tab });
  });

  it('gives the part back to the old device when the new one never came up', () => {
    const moving = follow(active(), { ...triggers.move, userId: bob });
    const back = follow(moving, { type: 'time_passed' }, now + connectTimeoutMs);
    expect(back.status).toBe('active');
    expect(back.participations[1]).toMatchObject({ clientId: tab, movingFrom: null });
  });

  it('lets somebody in again after leaving a group call, with their old ring as it was', () => {
    const group = {
      ...active(),
      rings: [ring(bob, { state: 'declined' })],
      participations: [part(alice), part(carol)],
    };
    const joined = follow(group, triggers.enter);
    expect(joined.rings[0]?.state).toBe('declined');
    expect(joined.participations.find((one) => one.userId === bob)?.state).toBe('joined');
  });

  it('removes nobody from a group call by a block, but ends the ring between the two', () => {
    const group = call({ rings: [ring(bob), ring(carol)] });
    const blocked = follow(group, { type: 'block', blockerId: bob, blockedId: alice, isDirect: false });
    expect(blocked.rings.map((one) => one.state)).toEqual(['declined', 'ringing']);
    const talking: Trigger = { type: 'block', blockerId: bob, blockedId: alice, isDirect: false };
    expect(word(transition(active(), talking, now, times))).toBe('unchanged');
  });
});

describe('without LiveKit', () => {
  it('takes nobody to have left, however long their deadlines are over', () => {
    const lost = follow(
      {
        ...active(),
        participations: [
          part(alice),
          part(bob, { state: 'rejoining', rejoinDeadlineAt: now + 1000, mediaSid: null }),
        ],
      },
      triggers.media_lost,
    );
    expect(word(transition(lost, { type: 'time_passed' }, now + 20_000, times))).toBe('unchanged');
    expect(
      word(transition(lost, { type: 'media_left', userId: alice, clientId: tab, sid: null }, now, times)),
    ).toBe('unchanged');
  });

  it('ends the call as failed after 30 s, without the time in which nobody was heard', () => {
    const lost = follow(active(), triggers.media_lost);
    const over = follow(lost, { type: 'time_passed' }, now + mediaLostTimeoutMs);
    expect(over).toMatchObject({ status: 'ended', endReason: 'failed', lengthMs: 4000 });
  });

  it('gives everyone at least 20 s to come back when it returns, and keeps who is there', () => {
    const lost = follow(active(), triggers.media_lost);
    const back = follow(lost, {
      type: 'media_restored',
      present: [{ userId: alice, clientId: tab, sid: 'sid_2' }],
    });
    expect(back.mediaLostAt).toBeNull();
    expect(back.participations[0]).toMatchObject({ state: 'joined', mediaSid: 'sid_2' });
    expect(back.participations[1]).toMatchObject({ state: 'rejoining', rejoinDeadlineAt: now + 20_000 });
  });
});

it('ends exactly once, with one reason, however it is played', () => {
  const over = play(ringing(), [
    [triggers.leave],
    [triggers.leave],
    [triggers.decline],
    [{ type: 'time_passed' }, now + 99_999],
  ]);
  expect(over).toMatchObject({ status: 'ended', endReason: 'cancelled' });
});
