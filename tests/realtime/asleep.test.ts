import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { SignInId, UserId } from '@/lib/ids';
import { makePresence } from '@/lib/realtime/presence';
import type { Viewer } from '@/lib/viewer';

const aliceId = 'user_alice' as UserId;
const device = (number: number): Viewer => ({
  userId: aliceId,
  signInId: `signin_alice${number}` as SignInId,
  isOperator: false,
});
const [laptop, phone] = [device(1), device(2)];

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** Presence as the hub runs it, judged once a second. */
function running() {
  const shown: boolean[] = [];
  const reached: UserId[] = [];
  const presence = makePresence({
    now: () => performance.now(),
    onChange: (userId) => void shown.push(presence.isShownOnline(userId)),
    onReach: (userId) => void reached.push(userId),
  });
  const pass = (seconds: number) => {
    for (let n = 0; n < seconds; n += 1) {
      vi.advanceTimersByTime(1000);
      presence.judgeSilence();
    }
  };
  return { presence, shown, reached, pass };
}

it('a browser that leaves heartbeats unanswered for 90 s is not reachable, and is shown offline', () => {
  const { presence, shown, pass } = running();
  presence.opened(laptop);
  pass(89);
  expect([presence.isOnline(aliceId), shown]).toEqual([true, [true]]);
  pass(1);
  expect(presence.isOnline(aliceId)).toBe(false);
  pass(3);
  expect([presence.isShownOnline(aliceId), shown]).toEqual([false, [true, false]]);
});

it('a browser that answers stays online', () => {
  const { presence, shown, reached, pass } = running();
  presence.opened(laptop);
  for (let n = 0; n < 40; n += 1) {
    pass(15);
    presence.answered(laptop.signInId);
  }
  expect([presence.isOnline(aliceId), shown, reached]).toEqual([true, [true], [aliceId]]);
});

it('other requests of the sign-in are no answer: a worker makes them while the page sleeps', () => {
  const { presence, pass } = running();
  presence.opened(laptop);
  for (let n = 0; n < 9; n += 1) {
    pass(10);
    presence.heard(laptop.signInId);
  }
  expect(presence.isOnline(aliceId)).toBe(false);
});

it('a browser that answers again is online at once, and running rings reach it', () => {
  const { presence, shown, reached, pass } = running();
  presence.opened(laptop);
  pass(120);
  presence.answered(laptop.signInId);
  expect([presence.isOnline(aliceId), shown]).toEqual([true, [true, false, true]]);
  expect(reached).toEqual([aliceId, aliceId]);
});

it('one sleeping device hides neither another that is awake, nor is it kept awake by it', () => {
  const { presence, shown, pass } = running();
  presence.opened(laptop);
  presence.opened(phone);
  for (let n = 0; n < 10; n += 1) {
    pass(15);
    presence.answered(phone.signInId);
  }
  expect([presence.isOnline(aliceId), shown]).toEqual([true, [true]]);
  presence.closed(phone);
  expect(presence.isOnline(aliceId)).toBe(false);
  pass(3);
  expect(shown).toEqual([true, false]);
});

it('a stream that closes while its browser sleeps changes nothing more', () => {
  const { presence, shown, pass } = running();
  presence.opened(laptop);
  pass(100);
  presence.closed(laptop);
  presence.answered(laptop.signInId);
  pass(10);
  expect([presence.isOnline(aliceId), shown]).toEqual([false, [true, false]]);
});

it('a process that stood still does not take its own pause for the silence of browsers', () => {
  const { presence, shown, pass } = running();
  presence.opened(laptop);
  pass(60);
  vi.advanceTimersByTime(600_000);
  presence.judgeSilence();
  pass(15);
  expect([presence.isOnline(aliceId), shown]).toEqual([true, [true]]);
});
