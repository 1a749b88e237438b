import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { SignInId, UserId } from '@/lib/ids';
import { makePresence } from '@/lib/realtime/presence';
import { readUser } from '@/lib/users/read-users';
import type { Viewer } from '@/lib/viewer';
import { makeTestApp } from '../support/make-test-deps';

const alice: Viewer = {
  userId: 'user_alice' as UserId,
  signInId: 'signin_alice' as SignInId,
  isOperator: false,
};

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** A server process whose wall clock stands at `wallNow` until a test moves it. */
function started(wallNow: number) {
  const clock = { wallNow };
  const presence = makePresence({
    now: () => 0,
    wallNow: () => clock.wallNow,
    onChange: () => undefined,
    onReach: () => undefined,
  });
  const shown = async () => {
    const seen = (await presence.shown([alice.userId])).get(alice.userId);
    if (!seen) throw new Error('everyone who is asked for is answered');
    return seen;
  };
  const come = () => presence.opened(alice);
  const go = async () => {
    await presence.closed(alice);
    vi.advanceTimersByTime(3_000);
  };
  return { clock, shown, come, go };
}

it('coming and going raise the revision each, also where the clock stands still or is set back', async () => {
  const { clock, shown, come, go } = started(1_000);
  const seen = [await shown()];
  for (const change of [come, go, come, go]) {
    await change();
    clock.wallNow -= 100;
    seen.push(await shown());
  }
  expect(seen.map(({ isOnline }) => isOnline)).toEqual([false, true, false, true, false]);
  const revisions = seen.map(({ revision }) => revision);
  expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b));
});

it('a reload changes neither', async () => {
  const { shown, come } = started(1_000);
  await come();
  const before = await shown();
  await come();
  expect(await shown()).toEqual(before);
});

it('after a restart every person’s revision is higher than before it', async () => {
  const first = started(1_000);
  await first.come();
  first.clock.wallNow = 5_000;
  await first.go();
  const before = await first.shown();
  const second = started(6_000);
  expect((await second.shown()).revision).toBeGreaterThan(before.revision);
});

it('coming online raises the revision of a person’s view, and writes nothing', async () => {
  const app = await makeTestApp();
  const [bob, carol] = [await app.makeUser('Bob'), await app.makeUser('Carol')];
  const seen = () => readUser(app.deps, bob.userId, carol.userId);
  const before = await seen();
  const commits = app.deps.commits();
  await app.deps.presence.opened(carol);
  const online = await seen();
  expect(online).toMatchObject({ presence: 'online' });
  expect(online?.revision).toBeGreaterThan(before?.revision ?? Infinity);
  expect(app.deps.commits()).toBe(commits);
});
