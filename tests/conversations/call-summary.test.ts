import { expect, it } from 'vitest';
import { type CallStory, summarizeCall } from '@/lib/conversations/call-summary';
import { makeId } from '@/lib/ids';

const [alice, bob, carol] = [makeId('user'), makeId('user'), makeId('user')];
const story = (more: Partial<CallStory>): CallStory => ({
  callerId: alice,
  isLive: false,
  endReason: 'missed',
  rings: [],
  participations: [{ userId: alice, state: 'left' }],
  ...more,
});
const ring = (userId: typeof bob, state: CallStory['rings'][number]['state']) => ({ userId, state });

it.each(['missed', 'cancelled', 'completed', 'failed', 'declined'] as const)(
  'a callee who neither entered nor declined missed the call, also when it ended %s',
  (endReason) => {
    const entry = summarizeCall(story({ endReason, rings: [ring(bob, 'cancelled')] }), bob);
    expect(entry).toEqual({ outcome: 'missed', personIds: [alice] });
  },
);

it('a callee who declined or entered once did not miss the call, however later rings ended', () => {
  const rings = [ring(bob, 'declined'), ring(bob, 'missed')];
  expect(summarizeCall(story({ rings }), bob).outcome).not.toBe('missed');
  const entered = story({
    endReason: 'completed',
    rings: [ring(bob, 'missed')],
    participations: [{ userId: bob, state: 'left' }],
  });
  expect(summarizeCall(entered, bob).outcome).toBe('completed');
});

it('a reader who was not rung sees how the call ended', () => {
  expect(
    summarizeCall(story({ rings: [ring(bob, 'not_allowed'), ring(carol, 'missed')] }), bob).outcome,
  ).toBe('no_answer');
});

it('the caller sees who declined, who did not answer, and that no callee could be reached', () => {
  expect(summarizeCall(story({ endReason: 'declined', rings: [ring(bob, 'declined')] }), alice)).toEqual({
    outcome: 'declined',
    personIds: [bob],
  });
  expect(summarizeCall(story({ rings: [ring(bob, 'missed'), ring(carol, 'unreachable')] }), alice)).toEqual({
    outcome: 'no_answer',
    personIds: [bob, carol],
  });
  expect(summarizeCall(story({ rings: [ring(bob, 'unreachable')] }), alice)).toEqual({
    outcome: 'unreachable',
    personIds: [bob],
  });
});

it('the entry of a live call names the people in it now', () => {
  const live = story({
    isLive: true,
    endReason: null,
    participations: [
      { userId: alice, state: 'joined' },
      { userId: bob, state: 'left' },
    ],
  });
  expect(summarizeCall(live, carol)).toEqual({ outcome: 'live', personIds: [alice] });
});
