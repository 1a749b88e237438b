import { describe, expect, it } from 'vitest';
import { connectTimeoutMs, handoverMs, mediaLostTimeoutMs } from '@/lib/calls/model/call';
import { transition } from '@/lib/calls/model/transition';
import type { Trigger } from '@/lib/calls/model/trigger';
import {
  active,
  alice,
  bob,
  call,
  carol,
  changedBy,
  droppedPart,
  now,
  otherSignInId,
  otherTab,
  part,
  ring,
  ringing,
  signInId,
  tab,
  thirdSignInId,
  thirdTab,
  times,
  triggers,
  word,
} from '../support/a-call';

/** Bob takes the call to a device with a sign-in of its own, and what his part is when that came to nothing. */
const moveBob = { ...triggers.move, userId: bob, signInId: otherSignInId };
const asBefore = { state: 'connecting', clientId: tab, signInId };

describe('in a call', () => {
  it('ends at once when one of two leaves, and goes on when one of three does', () => {
    expect(changedBy(active(), triggers.leave)).toMatchObject({
      status: 'ended',
      endReason: 'completed',
      lengthMs: 4000,
    });
    const three = { ...active(), participations: [part(alice), part(bob), part(carol)] };
    expect(changedBy(three, triggers.leave).status).toBe('active');
  });

  it('counts down when a connection drops, and ends when the rejoin time has run out', () => {
    const dropped = changedBy(active(), {
      type: 'media_left',
      noticed: 'webhook',
      userId: bob,
      clientId: tab,
      sid: 'sid_user_bob',
      silentSince: null,
    });
    expect(dropped.participations[1]).toMatchObject({ state: 'rejoining', deadlineAt: now + 15_000 });
    expect(word(transition(dropped, triggers.time_passed, now + 14_999, times))).toBe('unchanged');
    const over = changedBy(dropped, triggers.time_passed, now + 15_000);
    expect(over).toMatchObject({ status: 'ended', endReason: 'completed' });
    expect(over.lengthMs, 'the wait for a ghost is no part of the length').toBe(4000);
  });

  it('ignores news of an older connection', () => {
    const old: Trigger = {
      type: 'media_left',
      noticed: 'webhook',
      userId: bob,
      clientId: tab,
      sid: 'sid_before',
      silentSince: null,
    };
    expect(word(transition(active(), old, now, times))).toBe('unchanged');
  });

  it('ignores the leave of a tab that does not hold the part', () => {
    expect(word(transition(active(), { ...triggers.leave, clientId: otherTab }, now, times))).toBe(
      'unchanged',
    );
  });

  it('gives up on who accepted and never reached LiveKit', () => {
    const entered = changedBy(ringing(), triggers.enter);
    const over = changedBy(entered, triggers.time_passed, now + connectTimeoutMs);
    expect(over).toMatchObject({ status: 'ended', endReason: 'completed', lengthMs: 0 });
  });

  it('hands over to another device without a moment outside the call', () => {
    const moving = changedBy(active(), moveBob);
    expect(moving.participations[1]).toMatchObject({
      state: 'moving',
      clientId: otherTab,
      signInId: otherSignInId,
      from: { clientId: tab, signInId },
      mediaSid: null,
    });
    const moved = changedBy(moving, {
      type: 'media_joined',
      userId: bob,
      clientId: otherTab,
      sid: 'sid_other',
    });
    expect(moved.participations[1]).toMatchObject({
      state: 'moving',
      from: { clientId: tab, signInId },
      mediaSid: 'sid_other',
    });
    const heard = changedBy(moved, triggers.time_passed, now + handoverMs);
    expect(heard.participations[1]).toMatchObject({
      state: 'connected',
      clientId: otherTab,
      signInId: otherSignInId,
      mediaSid: 'sid_other',
    });
  });

  it('gives the part back when the new device goes before the old one was let go', () => {
    const moving = changedBy(active(), moveBob);
    const up = changedBy(moving, { type: 'media_joined', userId: bob, clientId: otherTab, sid: 'sid_other' });
    const lost = changedBy(up, {
      type: 'media_left',
      noticed: 'webhook',
      userId: bob,
      clientId: otherTab,
      sid: 'sid_other',
      silentSince: null,
    });
    expect(lost.participations[1]).toMatchObject(asBefore);
  });

  it('keeps the talking device through a second move before the first was up', () => {
    const moving = changedBy(active(), moveBob);
    const again = changedBy(moving, { ...moveBob, clientId: thirdTab, signInId: thirdSignInId });
    expect(again.participations[1]).toMatchObject({
      clientId: thirdTab,
      signInId: thirdSignInId,
      from: { clientId: tab, signInId },
    });
  });

  it('gives the part back to the old device when the new one never came up', () => {
    const moving = changedBy(active(), moveBob);
    const back = changedBy(moving, triggers.time_passed, now + connectTimeoutMs);
    expect(back.status).toBe('active');
    expect(back.participations[1]).toMatchObject(asBefore);
  });

  it('lets a participant join again after leaving a group call, with their old ring as it was', () => {
    const group = {
      ...active(),
      rings: [ring(bob, { state: 'declined' })],
      participations: [part(alice), part(carol)],
    };
    const joined = changedBy(group, triggers.enter);
    expect(joined.rings[0]?.state).toBe('declined');
    expect(joined.participations.find((one) => one.userId === bob)?.state).toBe('connecting');
  });

  it('a block removes no participant from a group call, but ends the ring between the two', () => {
    const group = call({ rings: [ring(bob), ring(carol)] });
    const blocked = changedBy(group, { type: 'block', blockerId: bob, blockedId: alice, isDirect: false });
    expect(blocked.rings.map((one) => one.state)).toEqual(['declined', 'ringing']);
    const talking: Trigger = { type: 'block', blockerId: bob, blockedId: alice, isDirect: false };
    expect(word(transition(active(), talking, now, times))).toBe('unchanged');
  });
});

describe('without LiveKit', () => {
  it('counts no participant as left, however long ago their deadlines passed', () => {
    const lost = changedBy(
      {
        ...active(),
        participations: [part(alice), droppedPart(bob, now + 1000)],
      },
      triggers.media_lost,
    );
    expect(word(transition(lost, triggers.time_passed, now + 20_000, times))).toBe('unchanged');
    expect(word(transition(lost, { ...triggers.media_left, sid: null }, now, times))).toBe('unchanged');
  });

  it('ends the call as failed after 30 s, without the time in which no participant was heard', () => {
    const lost = changedBy(active(), triggers.media_lost);
    const over = changedBy(lost, triggers.time_passed, now + mediaLostTimeoutMs);
    expect(over).toMatchObject({ status: 'ended', endReason: 'failed', lengthMs: 4000 });
  });

  it('gives everyone at least 20 s to come back when it returns, and keeps who is there', () => {
    const lost = changedBy(active(), triggers.media_lost);
    const back = changedBy(lost, {
      type: 'media_restored',
      present: [{ userId: alice, clientId: tab, sid: 'sid_2' }],
    });
    expect(back.mediaLostAt).toBeNull();
    expect(back.participations[0]).toMatchObject({ state: 'connected', mediaSid: 'sid_2' });
    expect(back.participations[1]).toMatchObject({ state: 'rejoining', deadlineAt: now + 20_000 });
  });
});
