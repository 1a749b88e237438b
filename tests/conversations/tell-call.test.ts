import { expect, it } from 'vitest';
import { type CallStory, tellCall } from '@/lib/conversations/tell-call';
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
  'whoever neither entered nor declined missed it, also when it ended %s',
  (endReason) => {
    const told = tellCall(story({ endReason, rings: [ring(bob, 'cancelled')] }), bob);
    expect(told).toEqual({ outcome: 'missed', personIds: [alice] });
  },
);

it('one who declined or entered once did not miss it, whatever later rings came to', () => {
  const rings = [ring(bob, 'declined'), ring(bob, 'missed')];
  expect(tellCall(story({ rings }), bob).outcome).not.toBe('missed');
  const entered = story({
    endReason: 'completed',
    rings: [ring(bob, 'missed')],
    participations: [{ userId: bob, state: 'left' }],
  });
  expect(tellCall(entered, bob).outcome).toBe('completed');
});

it('one who was not rung hears how it ended', () => {
  expect(tellCall(story({ rings: [ring(bob, 'not_allowed'), ring(carol, 'missed')] }), bob).outcome).toBe(
    'no_answer',
  );
});

it('the caller hears who declined, who did not answer, and that nobody could be reached', () => {
  expect(tellCall(story({ endReason: 'declined', rings: [ring(bob, 'declined')] }), alice)).toEqual({
    outcome: 'declined',
    personIds: [bob],
  });
  expect(tellCall(story({ rings: [ring(bob, 'missed'), ring(carol, 'unreachable')] }), alice)).toEqual({
    outcome: 'no_answer',
    personIds: [bob, carol],
  });
  expect(tellCall(story({ rings: [ring(bob, 'unreachable')] }), alice)).toEqual({
    outcome: 'unreachable',
    personIds: [bob],
  });
});

it('a live call is told by who is in it now', () => {
  const live = story({
    isLive: true,
    endReason: null,
    participations: [
      { userId: alice, state: 'joined' },
      { userId: bob, state: 'left' },
    ],
  });
  expect(tellCall(live, carol)).toEqual({ outcome: 'live', personIds: [alice] });
});
