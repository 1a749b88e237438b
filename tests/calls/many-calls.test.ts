import { expect, it, onTestFinished } from 'vitest';
import { enterCall } from '@/lib/calls/commands/enter-call';
import { startCall } from '@/lib/calls/commands/start-call';
import { startCallTimers } from '@/lib/calls/jobs/call-timers';
import { reconcileCalls } from '@/lib/calls/jobs/reconcile-calls';
import { mediaLostTimeoutMs } from '@/lib/calls/model/call';
import { loadCall } from '@/lib/calls/reads/load-call';
import { type CallId, callIdSchema } from '@/lib/ids';
import { identityOf, roomOf, tabOf, twoPeople, twoTalking } from '../support/in-process-call';
import type { TestApp } from '../support/make-test-deps';
import { waitFor } from '../support/wait-for';

/** So many calls of two, each with both in its room. */
async function talking(app: TestApp, count: number): Promise<CallId[]> {
  const ids: CallId[] = [];
  for (let n = 0; n < count; n += 1) {
    const [caller, callee] = [await app.makeUser(`Caller${n}`), await app.makeUser(`Callee${n}`)];
    const conversationId = await app.makeConversation('direct', [caller, callee]);
    const started = await startCall(app.deps, caller, {
      target: { conversationId },
      requestId: null,
      clientId: tabOf(caller),
      switchFrom: null,
    });
    const callId = callIdSchema.parse(started.call.id);
    await enterCall(app.deps, callee, { callId, clientId: tabOf(callee), switchFrom: null });
    const room = await roomOf(app, callId);
    for (const who of [caller, callee]) app.media.connect(room, identityOf(who));
    ids.push(callId);
  }
  return ids;
}

/** Every list of participants takes until the test lets it go. */
function heldLists(app: TestApp) {
  const { media } = app;
  const waiting: (() => void)[] = [];
  let most = 0;
  let isFree = false;
  app.deps.media = {
    ...media,
    listParticipants: async (room) => {
      if (!isFree) {
        const held = new Promise<void>((resolve) => waiting.push(resolve));
        most = Math.max(most, waiting.length);
        await held;
      }
      return media.listParticipants(room);
    },
  };
  return {
    waiting: () => waiting.length,
    most: () => most,
    letOneGo: () => waiting.shift()?.(),
    letAllGo() {
      isFree = true;
      for (const go of waiting.splice(0)) go();
    },
  };
}

it('LiveKit is asked about eight calls at a time, and about all of them', async () => {
  const { app } = await twoPeople();
  const callIds = await talking(app, 20);
  const lists = heldLists(app);
  const tick = reconcileCalls(app.deps);
  for (let asked = 0; asked < callIds.length; asked += 1) {
    const expected = Math.min(8, callIds.length - asked);
    await waitFor(`${expected} lists asked for at once`, () => lists.waiting() === expected, 5000);
    lists.letOneGo();
  }
  expect(await tick).toBe(true);
  expect(lists.most()).toBe(8);
});

it('a tick writes once, however many calls live', async () => {
  const { app } = await twoPeople();
  const callIds = await talking(app, 20);
  await reconcileCalls(app.deps);
  app.clock.advance(4000);
  const { transaction } = app.deps;
  let writes = 0;
  app.deps.transaction = (work) => {
    writes += 1;
    return transaction(work);
  };
  await reconcileCalls(app.deps);
  expect(writes).toBe(1);
  for (const callId of callIds)
    expect((await loadCall(app.deps.db, callId))?.lastKnownAliveAt).toBe(app.clock.now());
});

it('other rooms of a shared LiveKit server are listed once a minute and not with every tick', async () => {
  const { app, callId, room } = await twoTalking();
  await reconcileCalls(app.deps, { isFirst: true });
  const asked = app.media.calls.length;
  for (let tick = 0; tick < 15; tick += 1) {
    app.clock.advance(4000);
    await reconcileCalls(app.deps);
  }
  const calls = app.media.calls.slice(asked);
  expect(calls.filter(({ method }) => method === 'listRooms')).toHaveLength(1);
  const named = calls.filter(({ method }) => method === 'findRooms');
  expect(named).toHaveLength(14);
  expect(named.every(({ args }) => Array.isArray(args[0]) && args[0].includes(room))).toBe(true);
  expect((await loadCall(app.deps.db, callId))?.status).toBe('active');
});

/** Carol rings Dave, beside whatever else goes on. */
async function ringingBeside(app: TestApp): Promise<CallId> {
  const [carol, dave] = [await app.makeUser('Carol'), await app.makeUser('Dave')];
  const conversationId = await app.makeConversation('direct', [carol, dave]);
  const { call } = await startCall(app.deps, carol, {
    target: { conversationId },
    requestId: null,
    clientId: tabOf(carol),
    switchFrom: null,
  });
  return callIdSchema.parse(call.id);
}

const statusOf = async (app: TestApp, callId: CallId) => (await loadCall(app.deps.db, callId))?.status;
const itsEnd = (app: TestApp, callId: CallId) =>
  waitFor('the end of the ring', async () => (await statusOf(app, callId)) === 'ended', 3000);

function runTimers(app: TestApp) {
  const timers = startCallTimers(app.deps);
  onTestFinished(timers.stop);
  return timers;
}

it.each(['a start', 'a pause of the process'])(
  'a ring runs out in time while LiveKit takes its time to answer after %s',
  async (what) => {
    const { app } = await twoTalking();
    if (what === 'a pause of the process') await runTimers(app).firstTick;
    const callId = await ringingBeside(app);
    const lists = heldLists(app);
    app.clock.advance(60_000);
    if (what === 'a start') runTimers(app);
    await itsEnd(app, callId);
    await waitFor('LiveKit asked, without an answer', () => lists.waiting() > 0, 5000);
    lists.letAllGo();
  },
);

it('… and while it is asked a last time before a call is given up for its absence', async () => {
  const { app, callId: talkingId } = await twoTalking({ CALL_RING_SECONDS: '15' });
  app.media.failNext(1);
  await reconcileCalls(app.deps);
  app.clock.advance(mediaLostTimeoutMs - 15_000);
  const ringingId = await ringingBeside(app);
  app.clock.advance(14_000);
  app.media.failNext(1);
  await runTimers(app).firstTick;
  const { media } = app;
  let answer: () => void = () => undefined;
  const moment = new Promise<void>((resolve) => {
    answer = resolve;
  });
  app.deps.media = { ...media, listRooms: (prefix) => moment.then(() => media.listRooms(prefix)) };
  app.clock.advance(1500);
  await itsEnd(app, ringingId);
  expect(await statusOf(app, talkingId), 'no verdict before the last answer').toBe('active');
  answer();
  const isBack = async () => (await loadCall(app.deps.db, talkingId))?.mediaLostAt === null;
  await waitFor('the call with its media back', isBack, 3000);
});

it('a participant whose time to come back ran out unseen is judged after LiveKit has answered', async () => {
  const { app, bob, callId, room } = await twoTalking();
  app.media.disconnect(room, identityOf(bob));
  await reconcileCalls(app.deps);
  const bobs = async () =>
    (await loadCall(app.deps.db, callId))?.participations.find((part) => part.userId === bob.userId);
  expect((await bobs())?.state).toBe('rejoining');
  app.media.connect(room, identityOf(bob));
  app.clock.advance(60_000);
  const lists = heldLists(app);
  const timers = runTimers(app);
  await waitFor('LiveKit asked', () => lists.waiting() > 0, 5000);
  expect((await bobs())?.state).toBe('rejoining');
  lists.letAllGo();
  await timers.firstTick;
  expect((await bobs())?.state).toBe('connected');
});
