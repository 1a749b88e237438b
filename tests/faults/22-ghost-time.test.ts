import { expect, it } from 'vitest';
import { calls } from '@/db/schema';
import { expireRings } from '@/lib/calls/jobs/expire-rings';
import { reconcileCalls } from '@/lib/calls/jobs/reconcile-calls';
import { faultCase } from '../support/fault-case';
import { identityOf, sendWebhook, twoTalking } from '../support/in-process-call';
import type { TestApp } from '../support/make-test-deps';

const fault = faultCase(22);
const sink = { send: () => undefined, close: () => undefined };
/** LiveKit's own wait for a client that crashed (docs/livekit.md, "Leave"). */
const livekitNoticesMs = 20_000;

/** Time passes, and the reconciler looks every 4 s as it does while the app runs. */
async function pass(app: TestApp, ms: number): Promise<void> {
  const until = app.clock.now() + ms;
  while (app.clock.now() < until) {
    app.clock.advance(Math.min(4000, until - app.clock.now()));
    await reconcileCalls(app.deps);
  }
}

/** Alice and Bob talk for a minute, each with an open stream. */
async function aMinute() {
  const world = await twoTalking({ CALL_REJOIN_SECONDS: '5' });
  const { app, alice, bob } = world;
  const streams = [app.deps.fanOut.open(alice, sink), app.deps.fanOut.open(bob, sink)] as const;
  const since = (await app.deps.db.select().from(calls))[0]?.activeAt ?? 0;
  await pass(app, 60_000);
  const lengthMs = async () => (await app.deps.db.select().from(calls))[0]?.lengthMs;
  return { ...world, streams, lengthMs, talkedMs: () => app.clock.now() - since };
}

/** LiveKit notices that both have disconnected, and the rejoin time runs out. */
async function livekitNotices(world: Awaited<ReturnType<typeof aMinute>>, source: 'webhooks' | 'reconciler') {
  const { app, alice, bob, room, events } = world;
  app.media.disconnect(room, identityOf(alice));
  app.media.disconnect(room, identityOf(bob));
  const held = events.splice(0);
  if (source === 'webhooks') for (const event of held) await sendWebhook(event);
  else {
    app.clock.advance(4000);
    await reconcileCalls(app.deps);
  }
  app.clock.advance(5000);
  await expireRings(app.deps);
}

it.each(['webhooks', 'reconciler'] as const)(
  'both browsers die: the call is as long as it was talked, noticed by the %s',
  async (source) => {
    const world = await aMinute();
    const talkedMs = world.talkedMs();
    fault.did('both browsers die; their streams close, LiveKit notices 20 s later');
    for (const stream of world.streams) stream.drop();
    await pass(world.app, livekitNoticesMs);
    await livekitNotices(world, source);
    expect(await world.lengthMs()).toBe(talkedMs);
  },
);

it('streams that only blinked shorten nothing for people who talk on', async () => {
  const world = await aMinute();
  const { app, alice, bob, streams } = world;
  fault.did('both streams drop and come back; Alice and Bob talk on for ten minutes, then both die');
  for (const stream of streams) stream.drop();
  app.clock.advance(1500);
  const again = [app.deps.fanOut.open(alice, sink), app.deps.fanOut.open(bob, sink)];
  await pass(app, 600_000);
  const talkedMs = world.talkedMs();
  for (const stream of again) stream.drop();
  await pass(app, livekitNoticesMs);
  await livekitNotices(world, 'webhooks');
  expect(await world.lengthMs()).toBe(talkedMs);
});

it('streams that stay away while people talk on are no evidence either', async () => {
  const world = await aMinute();
  fault.did(
    'both streams are cut by something between; Alice and Bob talk on for ten minutes, then both die',
  );
  for (const stream of world.streams) stream.drop();
  await pass(world.app, 600_000);
  const talkedMs = world.talkedMs();
  await pass(world.app, livekitNoticesMs);
  await livekitNotices(world, 'webhooks');
  // Only LiveKit can report the end: the time it takes to notice counts.
  expect(await world.lengthMs()).toBe(talkedMs + livekitNoticesMs);
});

it('a restart, which closes every stream, is no evidence', async () => {
  const world = await aMinute();
  fault.did(
    'the app closes all streams; Alice and Bob talk on; 20 s later LiveKit reports both as disconnected',
  );
  world.app.deps.closeRealtime();
  await pass(world.app, livekitNoticesMs);
  const talkedMs = world.talkedMs();
  await livekitNotices(world, 'webhooks');
  expect(await world.lengthMs()).toBe(talkedMs);
});
