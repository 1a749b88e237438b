import type { Call, Ring } from '@/lib/calls/model/call';
import { connected, type Holder, left, type Participation, rejoining } from '@/lib/calls/model/participation';
import type { Outcome } from '@/lib/calls/model/rule';
import { transition } from '@/lib/calls/model/transition';
import type { Trigger, TriggerType } from '@/lib/calls/model/trigger';
import type { CallId, ClientId, ConversationId, RingId, SignInId, UserId } from '@/lib/ids';

export const [alice, bob, carol] = ['user_alice', 'user_bob', 'user_carol'] as [UserId, UserId, UserId];
export const [tab, otherTab, thirdTab] = ['client_tab', 'client_other', 'client_third'] as [
  ClientId,
  ClientId,
  ClientId,
];
export const [signInId, otherSignInId, thirdSignInId] = ['signin_1', 'signin_2', 'signin_3'] as [
  SignInId,
  SignInId,
  SignInId,
];
export const times = { ringTimeoutMs: 60_000, rejoinTimeoutMs: 15_000 };
export const now = 1_000_000;

const holder = (userId: UserId): Holder => ({ userId, clientId: tab, signInId, enteredAt: now - 5000 });

/** A connected participation. */
export function part(userId: UserId, change: Partial<Holder> = {}): Participation {
  return connected({ ...holder(userId), ...change }, `sid_${userId}`);
}

export function droppedPart(userId: UserId, deadlineAt: number, droppedAt = now - 5000): Participation {
  return rejoining(holder(userId), { deadlineAt, droppedAt });
}

export function leftPart(userId: UserId, droppedAt: number | null = null): Participation {
  return left(holder(userId), droppedAt);
}

export function ring(userId: UserId, change: Partial<Ring> = {}): Ring {
  return {
    id: `ring_${userId}` as RingId,
    userId,
    ringerId: alice,
    state: 'ringing',
    isQuiet: false,
    isReached: true,
    isConfirmed: true,
    silentClientId: null,
    earlyClientId: null,
    earlySignInId: null,
    startedAt: now - 5000,
    deadlineAt: now + 55_000,
    ...change,
  };
}

export function call(change: Partial<Call> = {}): Call {
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
    lastKnownAliveAt: null,
    rings: [ring(bob)],
    participations: [part(alice)],
    ...change,
  };
}

export const ringing = () => call();
export const active = () =>
  call({
    status: 'active',
    activeAt: now - 4000,
    rings: [ring(bob, { state: 'accepted' })],
    participations: [part(alice), part(bob)],
  });
export const ended = () =>
  call({
    status: 'ended',
    endReason: 'completed',
    activeAt: now - 4000,
    lengthMs: 4000,
    rings: [ring(bob, { state: 'accepted' })],
    participations: [leftPart(alice), leftPart(bob)],
  });

export const triggers: { [T in TriggerType]: Extract<Trigger, { type: T }> } = {
  start: {
    type: 'start',
    callId: 'call_1' as CallId,
    conversationId: 'conv_1' as ConversationId,
    roomName: 'parley_x_2',
    userId: bob,
    clientId: tab,
    signInId,
    callees: [
      { ringId: 'ring_2' as RingId, userId: alice, verdict: 'quiet', isReached: true },
      { ringId: 'ring_3' as RingId, userId: carol, verdict: 'refuse', isReached: true },
    ],
    isSilent: false,
  },
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
  },
  stop_ring: { type: 'stop_ring', byUserId: alice, userId: bob },
  confirm_ring: { type: 'confirm_ring', userId: bob, early: null },
  reach: { type: 'reach', userId: bob },
  quiet_ring: { type: 'quiet_ring', userId: bob },
  sign_out: { type: 'sign_out', userId: bob, signInIds: [otherSignInId] },
  hand: { type: 'hand', userId: bob, isRaised: true },
  remove_member: { type: 'remove_member', userId: bob },
  block: { type: 'block', blockerId: bob, blockedId: alice, isDirect: true },
  media_joined: { type: 'media_joined', userId: alice, clientId: tab, sid: 'sid_new' },
  media_left: {
    type: 'media_left',
    noticed: 'webhook',
    userId: alice,
    clientId: tab,
    sid: 'sid_user_alice',
    silentSince: null,
  },
  media_lost: { type: 'media_lost' },
  media_restored: { type: 'media_restored', present: [] },
  found_empty: { type: 'found_empty' },
  refresh: { type: 'refresh' },
  time_passed: { type: 'time_passed', judges: 'all' },
  resume: { type: 'resume' },
};

export function word(outcome: Outcome): string {
  if (outcome.kind === 'refused') return outcome.code;
  if (outcome.kind === 'unchanged') return 'unchanged';
  return outcome.call.endReason ?? outcome.call.status;
}

export function changedBy(before: Call | null, trigger: Trigger, at = now): Call {
  const outcome = transition(before, trigger, at, times);
  if (outcome.kind !== 'changed') throw new Error(`expected a change, got ${word(outcome)}`);
  return outcome.call;
}

/** Applies one trigger after another; unchanged ones are allowed. */
export function play(start: Call, steps: [Trigger, at?: number][]): Call {
  return steps.reduce((before, [trigger, at]) => {
    const outcome = transition(before, trigger, at ?? now, times);
    if (outcome.kind === 'refused') throw new Error(`refused: ${outcome.code}`);
    return outcome.kind === 'changed' ? outcome.call : before;
  }, start);
}
