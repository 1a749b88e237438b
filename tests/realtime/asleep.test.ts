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
    wallNow: () => Date.now(),
    onChange: () => void isShownOnline().then((isOnline) => shown.push(isOnline)),
    onReach: (userId) => void reached.push(userId),
  });
  const pass = (seconds: number) => {
    for (let n = 0; n < seconds; n += 1) {
      vi.advanceTimersByTime(1000);
      presence.judgeSilence();
    }
  };
  const isOnline = async () => (await presence.online([aliceId])).has(aliceId);
  const isShownOnline = async () => (await presence.shown([aliceId])).get(aliceId)?.isOnline ?? false;
  return { presence, isOnline, isShownOnline, shown, reached, pass };
}

it('a browser that leaves heartbeats unanswered for 90 s is not reachable, and is shown offline', async () => {
  const { presence, isOnline, isShownOnline, shown, pass } = running();
  await presence.opened(laptop);
  pass(89);
  expect([await isOnline(), shown]).toEqual([true, [true]]);
  pass(1);
  expect(await isOnline()).toBe(false);
  pass(3);
  expect([await isShownOnline(), shown]).toEqual([false, [true, false]]);
});

it('a browser that answers stays online', async () => {
  const { presence, isOnline, shown, reached, pass } = running();
  await presence.opened(laptop);
  for (let n = 0; n < 40; n += 1) {
    pass(15);
    await presence.answered(laptop.signInId);
  }
  expect([await isOnline(), shown, reached]).toEqual([true, [true], [aliceId]]);
});

it('other requests of the sign-in are no answer: a worker makes them while the page sleeps', async () => {
  const { presence, isOnline, pass } = running();
  await presence.opened(laptop);
  for (let n = 0; n < 9; n += 1) {
    pass(10);
    await presence.heard(laptop.signInId);
  }
  expect(await isOnline()).toBe(false);
});

it('a browser that answers again is online at once, and running rings reach it', async () => {
  const { presence, isOnline, shown, reached, pass } = running();
  await presence.opened(laptop);
  pass(120);
  await presence.answered(laptop.signInId);
  expect([await isOnline(), shown]).toEqual([true, [true, false, true]]);
  expect(reached).toEqual([aliceId, aliceId]);
});

it('one sleeping device hides neither another that is awake, nor is it kept awake by it', async () => {
  const { presence, isOnline, isShownOnline, shown, pass } = running();
  await presence.opened(laptop);
  await presence.opened(phone);
  for (let n = 0; n < 10; n += 1) {
    pass(15);
    await presence.answered(phone.signInId);
  }
  expect([await isOnline(), shown]).toEqual([true, [true]]);
  await presence.closed(phone);
  expect(await isOnline()).toBe(false);
  pass(3);
  expect([await isShownOnline(), shown]).toEqual([false, [true, false]]);
});

it('a stream that closes while its browser sleeps changes nothing more', async () => {
  const { presence, isOnline, shown, pass } = running();
  await presence.opened(laptop);
  pass(100);
  await presence.closed(laptop);
  await presence.answered(laptop.signInId);
  pass(10);
  expect([await isOnline(), shown]).toEqual([false, [true, false]]);
});

it('a process that stood still does not take its own pause for the silence of browsers', async () => {
  const { presence, isOnline, shown, pass } = running();
  await presence.opened(laptop);
  pass(60);
  vi.advanceTimersByTime(600_000);
  presence.judgeSilence();
  pass(15);
  expect([await isOnline(), shown]).toEqual([true, [true]]);
});
