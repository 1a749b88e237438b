import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { callTriggers, rings } from '@/db/schema';
import { expireRings } from '@/lib/calls/jobs/expire-rings';
import { callIdSchema } from '@/lib/ids';
import { LeaseLost, underLease } from '@/lib/lease';
import type { Viewer } from '@/lib/viewer';
import { identityOf, roomOf, signOut, tabOf } from '../support/in-process-call';
import { makeNetwork } from '../support/server-network';
import { makeTwoServers, settle } from '../support/two-servers';

/** Server processes `a` and `b` of one community, whose wall clocks differ by 7 s. */

beforeEach(
  () => void vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] }),
);
afterEach(() => void vi.useRealTimers());

async function aCommunity() {
  const network = makeNetwork();
  const plugs = { a: network.plug(), b: network.plug() };
  const world = await makeTwoServers((which) => plugs[which]);
  const { app } = world;
  const [alice, bob] = [await app.makeUser('Alice'), await app.makeUser('Bob')];
  const direct = await app.makeConversation('direct', [alice, bob]);
  /** Alice calls Bob at this server. */
  const ring = async (server = world.a) => {
    const body = { conversationId: direct, clientId: tabOf(alice) };
    const { call } = await (await world.ask(server, 'POST /api/calls', alice, { body })).json();
    const callId = callIdSchema.parse(call.id);
    await settle();
    return callId;
  };
  const presenceOf = (viewer: Viewer, stream: ReturnType<typeof world.a.open>) =>
    stream.users.get(viewer.userId)?.presence;
  return { ...world, network, plugs, alice, bob, direct, ring, presenceOf };
}

it('a call that is started at one server rings at the other, and is answered there', async () => {
  const { a, b, app, alice, bob, ask, ring } = await aCommunity();
  const [hers, his] = [a.open(alice), b.open(bob)];
  await settle();
  const callId = await ring();
  expect(his.calls.get(callId)).toMatchObject({ status: 'ringing', myRing: expect.anything() });
  // Reached: Bob's browser has a stream, if at another server.
  await a.deps.presence.online([bob.userId]).then((online) => expect(online.has(bob.userId)).toBe(true));
  const accepted = await ask(b, 'POST /api/calls/[callId]/accept', bob, {
    params: { callId },
    body: { clientId: tabOf(bob) },
  });
  expect(accepted.status).toBe(200);
  await settle();
  expect([hers.calls.get(callId)?.status, his.calls.get(callId)?.status]).toEqual(['active', 'active']);
  for (const who of [alice, bob]) app.media.connect(await roomOf(app, callId), identityOf(who));
  await ask(a, 'POST /api/calls/[callId]/leave', alice, {
    params: { callId },
    body: { clientId: tabOf(alice) },
  });
  await settle();
  expect(his.calls.get(callId)?.status).toBe('ended');
});

it('people at the other server are seen to come, and to go a moment after their last stream closed', async () => {
  const { a, b, alice, bob, pass, presenceOf } = await aCommunity();
  const hers = a.open(alice);
  await settle();
  expect(presenceOf(bob, hers)).toBe('offline');
  const his = b.open(bob);
  await settle();
  expect(presenceOf(bob, hers)).toBe('online');
  his.drop();
  // A reload lands at the other server: nothing is seen of it.
  const again = a.open(bob);
  await pass(5000);
  expect(presenceOf(bob, hers)).toBe('online');
  again.drop();
  await pass(3500);
  expect(presenceOf(bob, hers)).toBe('offline');
});

it('the people of a server that was killed are offline at the others within 8 s, and back when they reconnect', async () => {
  const { a, b, alice, bob, pass, plugs, presenceOf } = await aCommunity();
  const hers = a.open(alice);
  b.open(bob);
  await settle();
  expect(presenceOf(bob, hers)).toBe('online');
  plugs.b.cut();
  await pass(8000, a);
  expect(presenceOf(bob, hers)).toBe('offline');
  a.open(bob);
  await settle();
  expect(presenceOf(bob, hers)).toBe('online');
});

it('a heartbeat’s answer and a request count wherever they land', async () => {
  const { a, b, bob, ask, pass } = await aCommunity();
  const his = b.open(bob);
  await settle();
  for (let quarter = 0; quarter < 10; quarter += 1) {
    await ask(a, 'POST /api/events/alive', bob, { body: {} });
    await pass(15_000);
  }
  expect((await a.deps.presence.online([bob.userId])).has(bob.userId)).toBe(true);
  his.drop();
  await settle();
  const closedAt = await a.deps.presence.silentSince(bob.signInId);
  expect(closedAt).not.toBeNull();
  await pass(5000);
  await ask(a, 'GET /api/me', bob);
  await pass(2000);
  const heardAt = await b.deps.presence.silentSince(bob.signInId);
  expect((heardAt ?? 0) - (closedAt ?? 0)).toBeGreaterThanOrEqual(5000);
  // Open again at the other server: not silent anywhere.
  a.open(bob);
  await settle();
  expect([
    await a.deps.presence.silentSince(bob.signInId),
    await b.deps.presence.silentSince(bob.signInId),
  ]).toEqual([null, null]);
});

it('a sign-in that is revoked at one server loses its stream at the other, also while the wire is away', async () => {
  const { a, b, app, alice, bob, pass, plugs } = await aCommunity();
  const [his, hers] = [b.open(bob), b.open(alice)];
  await settle();
  plugs.b.cut();
  await signOut({ ...app, deps: a.deps }, bob);
  await pass(2500);
  expect(his.isClosed()).toBe(true);
  expect(hers.isClosed()).toBe(false);
});

it('while the wire is away calls ring at the same server at once and at the other within 2 s; its return repairs the rest', async () => {
  const { a, b, alice, bob, direct, ask, pass, plugs, ring } = await aCommunity();
  const [here, there] = [a.open(bob), b.open(bob)];
  await settle();
  plugs.a.cut();
  plugs.b.cut();
  const callId = await ring(a);
  expect(here.calls.get(callId)?.status).toBe('ringing');
  expect(there.calls.has(callId)).toBe(false);
  await pass(2500);
  expect(there.calls.get(callId)?.status).toBe('ringing');
  const before = there.events.filter(({ type }) => type === 'snapshot').length;
  await ask(a, 'POST /api/conversations/[conversationId]/messages', alice, {
    params: { conversationId: direct },
    body: { text: 'Are you there?', clientMessageId: 'message-1' },
  });
  plugs.a.mend();
  plugs.b.mend();
  await settle();
  // Clients read open lists of messages again with each snapshot.
  expect(there.events.filter(({ type }) => type === 'snapshot').length).toBeGreaterThan(before);
  expect(there.conversations.get(direct)?.unreadCount).toBe(1);
});

it('while the wire is away a call that ends at one server ends at the other within 2 s, from the first moment', async () => {
  const { a, b, alice, bob, ask, pass, plugs, ring } = await aCommunity();
  const his = b.open(bob);
  const callId = await ring(a);
  expect(his.calls.get(callId)?.status).toBe('ringing');
  plugs.b.cut();
  await ask(a, 'POST /api/calls/[callId]/leave', alice, {
    params: { callId },
    body: { clientId: tabOf(alice) },
  });
  await pass(2500);
  expect(his.calls.get(callId)?.status).toBe('ended');
});

it('the server with the lease knows at once of a deadline that another one writes', async () => {
  const { a, b, app, ring } = await aCommunity();
  expect([a.lease.isHeld(), a.deps.deadlines.next()]).toEqual([true, Number.POSITIVE_INFINITY]);
  const callId = await ring(b);
  const [row] = await app.deps.db
    .select({ at: rings.deadlineAt })
    .from(rings)
    .where(eq(rings.callId, callId));
  expect(a.deps.deadlines.next()).toBeLessThanOrEqual(row?.at ?? 0);
});

it('a message that the wire lost is noticed with the next tick, and repaired', async () => {
  const { a, b, bob, network, pass, ring } = await aCommunity();
  const his = b.open(bob);
  await settle();
  network.setFate(() => []);
  const callId = await ring(a);
  expect(his.calls.has(callId)).toBe(false);
  network.setFate(() => [0]);
  await pass(1000);
  expect(his.calls.get(callId)?.status).toBe('ringing');
});

it('a deadline that both servers sweep at once ends the ring once', async () => {
  const { a, b, bob, pass, ring, app } = await aCommunity();
  const his = b.open(bob);
  const callId = await ring(a);
  await pass(60_500);
  await Promise.all([expireRings(a.deps, 'rings'), expireRings(b.deps, 'rings')]);
  await settle();
  expect(his.calls.get(callId)?.endReason).toBe('missed');
  const story = await app.deps.db.select().from(callTriggers);
  expect(story.filter(({ trigger }) => trigger === 'time_passed')).toHaveLength(1);
});

it('a ring keeps its deadline to within a second when the server that holds the lease dies', async () => {
  const { a, b, bob, pass, ring } = await aCommunity();
  b.open(bob);
  const callId = await ring(a);
  const leftAt = async (server: typeof a) => {
    const view = (await server.deps.readers.call(callId))(bob.userId);
    return view && 'myRing' in view ? (view.myRing?.msLeft ?? Number.NaN) : Number.NaN;
  };
  await pass(10_000);
  const before = [await leftAt(a), await leftAt(b)];
  for (const left of before) expect(Math.abs(left - 50_000)).toBeLessThanOrEqual(1000);
  await pass(5000, b);
  expect(b.lease.isHeld()).toBe(true);
  expect(Math.abs((await leftAt(b)) - 45_000)).toBeLessThanOrEqual(1000);
});

it('a holder that slept through its ring’s end and its lease writes nothing', async () => {
  const { a, b, pass, ring } = await aCommunity();
  await ring(a);
  await pass(70_000, b);
  expect(b.lease.isHeld()).toBe(true);
  await expect(expireRings(underLease(a.deps, a.deps.lease))).rejects.toBeInstanceOf(LeaseLost);
  await expireRings(underLease(b.deps, b.deps.lease));
});
