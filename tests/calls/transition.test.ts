import { describe, expect, it } from 'vitest';
import { connectTimeoutMs } from '@/lib/calls/model/call';
import { connecting } from '@/lib/calls/model/participation';
import { transition } from '@/lib/calls/model/transition';
import type { Trigger, TriggerType } from '@/lib/calls/model/trigger';
import type { RingId } from '@/lib/ids';
import {
  active,
  alice,
  bob,
  call,
  carol,
  changedBy,
  droppedPart,
  ended,
  now,
  otherTab,
  play,
  ring,
  ringing,
  signInId,
  tab,
  times,
  triggers,
  word,
} from '../support/a-call';

describe('the full table of status and trigger', () => {
  const matrix: Record<
    TriggerType,
    [none: string, whileRinging: string, whileActive: string, whenEnded: string]
  > = {
    start: ['ringing', 'active', 'unchanged', 'call_ended'],
    enter: ['not_found', 'active', 'unchanged', 'call_ended'],
    move: ['not_found', 'ringing', 'active', 'call_ended'],
    decline: ['not_found', 'declined', 'unchanged', 'unchanged'],
    leave: ['not_found', 'cancelled', 'completed', 'unchanged'],
    ring: ['not_found', 'ringing', 'active', 'call_ended'],
    stop_ring: ['not_found', 'missed', 'unchanged', 'unchanged'],
    confirm_ring: ['not_found', 'unchanged', 'unchanged', 'unchanged'],
    reach: ['not_found', 'unchanged', 'unchanged', 'unchanged'],
    quiet_ring: ['not_found', 'ringing', 'unchanged', 'unchanged'],
    sign_out: ['not_found', 'unchanged', 'unchanged', 'unchanged'],
    remove_member: ['not_found', 'missed', 'completed', 'unchanged'],
    block: ['not_found', 'declined', 'completed', 'unchanged'],
    media_joined: ['not_found', 'ringing', 'active', 'unchanged'],
    media_left: ['not_found', 'ringing', 'active', 'unchanged'],
    media_lost: ['not_found', 'ringing', 'active', 'unchanged'],
    media_restored: ['not_found', 'unchanged', 'unchanged', 'unchanged'],
    found_empty: ['not_found', 'cancelled', 'completed', 'unchanged'],
    hand: ['not_found', 'not_allowed', 'active', 'call_ended'],
    refresh: ['not_found', 'ringing', 'active', 'unchanged'],
    time_passed: ['not_found', 'unchanged', 'unchanged', 'unchanged'],
    resume: ['not_found', 'unchanged', 'unchanged', 'unchanged'],
  };
  const types = Object.keys(triggers) as TriggerType[];
  it.each(types)('%s does what the table says in every status', (type) => {
    const trigger = triggers[type];
    const found = [null, ringing(), active(), ended()].map((before) =>
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

describe('starting', () => {
  it('puts the caller in and rings everyone who may be rung', () => {
    const started = changedBy(null, triggers.start);
    expect(started).toMatchObject({
      status: 'ringing',
      callerId: bob,
      activeAt: null,
      lastKnownAliveAt: now,
    });
    expect(started.participations).toEqual([
      connecting(
        { userId: bob, clientId: tab, signInId, enteredAt: now },
        { deadlineAt: now + connectTimeoutMs, droppedAt: null },
      ),
    ]);
    expect(started.rings.map(({ userId, state, isQuiet }) => [userId, state, isQuiet])).toEqual([
      [alice, 'ringing', true],
      [carol, 'not_allowed', false],
    ]);
    expect(started.rings[0]).toMatchObject({ startedAt: now, deadlineAt: now + times.ringTimeoutMs });
  });

  it('creates no call without a ring', () => {
    const callees = triggers.start.callees.map((callee) => ({ ...callee, verdict: 'refuse' as const }));
    expect(word(transition(null, { ...triggers.start, callees }, now, times))).toBe('not_allowed');
  });

  it('joins the call that lives: one room, one caller, and the running ring is accepted', () => {
    const joined = changedBy(ringing(), triggers.start);
    expect(joined).toMatchObject({ status: 'active', callerId: alice, roomName: 'parley_x_1' });
    expect(joined.rings.map(({ userId, state }) => [userId, state])).toEqual([[bob, 'accepted']]);
  });
});

describe('ringing', () => {
  it('becomes active with the first entry of anyone but the caller, and accepts that person’s ring', () => {
    const entered = changedBy(ringing(), triggers.enter);
    expect(entered).toMatchObject({ status: 'active', activeAt: now });
    expect(entered.rings[0]?.state).toBe('accepted');
  });

  it('stays ringing when the caller’s own tab comes back', () => {
    const dropped = call({
      participations: [droppedPart(alice, now + 9000)],
    });
    const back = changedBy(dropped, { type: 'enter', userId: alice, clientId: tab, signInId });
    expect(back.status).toBe('ringing');
    expect(back.participations[0]).toMatchObject({
      state: 'connecting',
      deadlineAt: now + connectTimeoutMs,
    });
  });

  it('lets one tab answer: another tab is refused, the winner may repeat', () => {
    const entered = changedBy(ringing(), triggers.enter);
    expect(word(transition(entered, { ...triggers.enter, clientId: otherTab }, now, times))).toBe(
      'answered_elsewhere',
    );
    expect(word(transition(entered, triggers.enter, now, times))).toBe('unchanged');
  });

  it('ends as missed when the deadline passes and a device was there, and the ring says no answer', () => {
    const over = changedBy(ringing(), triggers.time_passed, now + 60_000);
    expect(over).toMatchObject({ status: 'ended', endReason: 'missed' });
    expect(over.rings[0]?.state).toBe('missed');
  });

  it('marks the ring unreachable when no device of the callee was ever there', () => {
    const over = changedBy(
      call({ rings: [ring(bob, { isReached: false })] }),
      triggers.time_passed,
      now + 60_000,
    );
    expect(over.rings[0]?.state).toBe('unreachable');
  });

  it('never both accepts and misses at the deadline: whichever comes first decides', () => {
    const at = now + 55_000;
    const missedFirst = changedBy(ringing(), triggers.time_passed, at);
    expect(word(transition(missedFirst, triggers.enter, at, times))).toBe('call_ended');
    const acceptedFirst = changedBy(ringing(), triggers.enter, at);
    expect(word(transition(acceptedFirst, triggers.time_passed, at, times))).toBe('unchanged');
  });

  it('ends as cancelled when the caller leaves first, and the ring is cancelled', () => {
    const left = changedBy(ringing(), triggers.leave);
    expect(left.endReason).toBe('cancelled');
    expect(left.rings[0]?.state).toBe('cancelled');
    expect(word(transition(left, triggers.enter, now, times))).toBe('call_ended');
  });

  it('in a group goes on after one decline and ends as declined when all declined', () => {
    const group = call({ rings: [ring(bob), ring(carol)] });
    const one = changedBy(group, triggers.decline);
    expect(one.status).toBe('ringing');
    expect(changedBy(one, { type: 'decline', userId: carol, ringId: null }).endReason).toBe('declined');
  });

  it('counts people who were never allowed to ring neither as declined nor as missed', () => {
    const group = call({ rings: [ring(bob), ring(carol, { state: 'not_allowed' })] });
    expect(changedBy(group, triggers.decline).endReason).toBe('declined');
  });

  it('ignores a decline that answers an older ring’s window', () => {
    const again = call({ rings: [ring(bob, { id: 'ring_old' as RingId, state: 'missed' }), ring(bob)] });
    expect(
      word(transition(again, { type: 'decline', userId: bob, ringId: 'ring_old' as RingId }, now, times)),
    ).toBe('unchanged');
  });

  it('lets only the ringer stop a ring', () => {
    const stranger: Trigger = { type: 'stop_ring', byUserId: carol, userId: bob };
    expect(word(transition(ringing(), stranger, now, times))).toBe('not_allowed');
  });

  it('does not ring a callee twice, nor a participant', () => {
    expect(word(transition(ringing(), { ...triggers.ring, userId: bob }, now, times))).toBe('unchanged');
    expect(word(transition(active(), { ...triggers.ring, userId: bob }, now, times))).toBe('unchanged');
  });

  it('gives a ring of its own time to who is rung again', () => {
    const again = changedBy(ringing(), triggers.ring, now + 30_000);
    expect(again.rings.at(-1)).toMatchObject({
      userId: carol,
      state: 'ringing',
      deadlineAt: now + 30_000 + times.ringTimeoutMs,
    });
  });

  it('only lets participants ring others', () => {
    expect(word(transition(ringing(), { ...triggers.ring, ringerId: bob }, now, times))).toBe('not_allowed');
  });
});

it('ends exactly once, with one reason, however it is played', () => {
  const over = play(ringing(), [
    [triggers.leave],
    [triggers.leave],
    [triggers.decline],
    [triggers.time_passed, now + 99_999],
  ]);
  expect(over).toMatchObject({ status: 'ended', endReason: 'cancelled' });
});
