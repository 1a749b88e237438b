import { describe, expect, it } from 'vitest';
import { confirmRing } from '@/lib/calls/commands/confirm-ring';
import { declineCall } from '@/lib/calls/commands/decline-call';
import { enterCall } from '@/lib/calls/commands/enter-call';
import { leaveCall } from '@/lib/calls/commands/leave-call';
import { moveCall } from '@/lib/calls/commands/move-call';
import { startCall } from '@/lib/calls/commands/start-call';
import { expireRings } from '@/lib/calls/jobs/expire-rings';
import { reconcileCalls } from '@/lib/calls/jobs/reconcile-calls';
import { loadCall } from '@/lib/calls/reads/load-call';
import { type CallId, callIdSchema } from '@/lib/ids';
import { MediaUnavailable } from '@/lib/media/media-server';
import type { Viewer } from '@/lib/viewer';
import {
  identityOf,
  otherDevice,
  roomOf,
  sendWebhook,
  signOut,
  tabOf,
  twoPeople,
} from '../support/in-process-call';
import { waitFor } from '../support/wait-for';

const switchFrom = null;

/** Alice calls Bob, sending silence until he answers. */
async function ringing({ settings = {}, sendsSilence = true, isGroup = false } = {}) {
  const world = await twoPeople(settings);
  const { app, alice, bob } = world;
  const group = isGroup
    ? await app.makeConversation('group', [alice, bob, await app.makeUser('Carol')], 'Three')
    : null;
  const { call } = await startCall(app.deps, alice, {
    ...{ target: { conversationId: group ?? world.direct }, requestId: null },
    ...{ clientId: tabOf(alice), switchFrom, sendsSilence },
  });
  const callId = callIdSchema.parse(call.id);
  const room = await roomOf(app, callId);
  app.media.connect(room, identityOf(alice));
  return {
    ...world,
    callId,
    room,
    confirm: (who: Viewer, number = 1) => confirmRing(app.deps, who, callId, tabOf(who, number)),
    mayOf: (who: Viewer, number = 1) => app.media.permissionsOf(room, identityOf(who, number)),
    deliver: async () => {
      for (const event of world.events.splice(0)) await sendWebhook(event);
    },
  };
}

/** The same, and Bob's tab is in the room. */
async function listening(options: Parameters<typeof ringing>[0] = {}) {
  const world = await ringing(options);
  const { media } = await world.confirm(world.bob);
  if (!media) throw new Error('Bob’s tab has no pass');
  world.app.media.connectWith(media.token);
  await world.deliver();
  return { ...world, pass: media.token };
}

const partOf = async (app: Awaited<ReturnType<typeof ringing>>['app'], callId: CallId, who: Viewer) =>
  (await loadCall(app.deps.db, callId))?.participations.find((one) => one.userId === who.userId);

describe('who gets a pass while it rings', () => {
  it('the first tab of the callee that asks, again when it repeats, and no other', async () => {
    const { bob, confirm } = await ringing();
    const first = await confirm(bob);
    expect(first.media?.token).toContain('listener');
    expect((await confirm(bob)).media).toBeDefined();
    expect(await confirm(bob, 2)).not.toHaveProperty('media');
  });

  it('a confirmation without a tab, as of a worker, confirms and gets none', async () => {
    const { app, bob, callId } = await ringing();
    const answer = await confirmRing(app.deps, bob, callId);
    expect(answer).not.toHaveProperty('media');
    expect((await loadCall(app.deps.db, callId))?.rings[0]).toMatchObject({
      isConfirmed: true,
      earlyClientId: null,
    });
  });

  it('a tab that asks after a worker has confirmed gets one, and no stream says so', async () => {
    const { app, bob, callId, confirm } = await ringing();
    await confirmRing(app.deps, bob, callId);
    app.wakes.length = 0;
    expect((await confirm(bob)).media).toBeDefined();
    expect(app.wakes).toEqual([]);
  });

  it.each([
    ['in a group', { isGroup: true }],
    ['from a caller who does not send silence', { sendsSilence: false }],
    ['where the operator has switched it off', { settings: { CALL_PRECONNECT: 'off' } }],
  ])('not %s', async (_, options) => {
    const { bob, confirm } = await ringing(options);
    expect(await confirm(bob)).not.toHaveProperty('media');
  });

  it('none while LiveKit fails, and the ring is confirmed all the same', async () => {
    const { app, bob, callId } = await ringing();
    const media = { ...app.deps.media, token: () => Promise.reject(new MediaUnavailable()) };
    const answer = await confirmRing({ ...app.deps, media }, bob, callId, tabOf(bob));
    expect(answer).not.toHaveProperty('media');
    expect((await loadCall(app.deps.db, callId))?.rings[0]?.isConfirmed).toBe(true);
  });

  it('not the caller, and not for a ring that is answered or has ended', async () => {
    const { app, alice, bob, callId, confirm } = await ringing();
    expect(await confirm(alice)).not.toHaveProperty('media');
    await enterCall(app.deps, bob, { callId, clientId: tabOf(bob, 2), switchFrom });
    expect(await confirm(bob)).not.toHaveProperty('media');
    await leaveCall(app.deps, alice, { callId, clientId: tabOf(alice) });
    expect(await confirm(bob)).not.toHaveProperty('media');
  });
});

describe('a tab that is connected early', () => {
  it('takes no part: it is in no call, may not speak, and the ring rings on', async () => {
    const { app, alice, bob, callId, room, mayOf } = await listening();
    await reconcileCalls(app.deps);
    expect(mayOf(bob)).toEqual({ publish: false, subscribe: true });
    expect(app.media.othersOf(room, identityOf(alice))).toEqual([]);
    expect(await loadCall(app.deps.db, callId)).toMatchObject({ status: 'ringing', activeAt: null });
    expect(await partOf(app, callId, bob)).toBeUndefined();
  });

  it('is let in by its own accept, and counts as connected without another word of LiveKit', async () => {
    const { app, bob, callId, mayOf } = await listening();
    await enterCall(app.deps, bob, { callId, clientId: tabOf(bob), switchFrom });
    await waitFor('may speak', () => mayOf(bob)?.publish === true, 2000);
    await waitFor('is connected', async () => (await partOf(app, callId, bob))?.state === 'connected', 2000);
  });

  it('is in the call also where LiveKit does not let it in: the accept is answered, and its token is for taking part', async () => {
    const { app, bob, callId, mayOf } = await listening();
    app.media.failNext(2);
    const { call, media } = await enterCall(app.deps, bob, { callId, clientId: tabOf(bob), switchFrom });
    expect([call.status, mayOf(bob)?.publish]).toEqual(['active', false]);
    app.media.connectWith(media.token);
    expect(mayOf(bob)).toEqual({ publish: true, subscribe: true });
  });

  it('asks again where the process died before it was let in, and takes part with the token', async () => {
    const { app, bob, callId, mayOf } = await listening();
    app.media.failNext(2);
    const accept = () => enterCall(app.deps, bob, { callId, clientId: tabOf(bob), switchFrom });
    await accept();
    const { media } = await accept();
    app.media.connectWith(media.token);
    expect(mayOf(bob)).toEqual({ publish: true, subscribe: true });
  });

  it.each([
    [
      'a decline',
      async ({ app, bob, callId }: Listening) => declineCall(app.deps, bob, { callId, ringId: null }),
    ],
    [
      'a cancel',
      async ({ app, alice, callId }: Listening) =>
        leaveCall(app.deps, alice, { callId, clientId: tabOf(alice) }),
    ],
    [
      'an answer in another tab',
      async ({ app, bob, callId }: Listening) =>
        enterCall(app.deps, bob, { callId, clientId: tabOf(bob, 2), switchFrom }),
    ],
    [
      'a miss',
      async ({ app }: Listening) => {
        app.clock.advance(60_000);
        await expireRings(app.deps);
      },
    ],
    ['a sign-out of its sign-in', async ({ app, bob }: Listening) => signOut(app, bob)],
  ])('is out of the room after %s, and its pass lets it stay no more', async (_, end) => {
    const world = await listening();
    const { app, bob, room, mayOf, pass, deliver } = world;
    await end(world);
    await waitFor('is out', () => mayOf(bob) === null, 2000);
    const isOpen = (await app.media.findRooms([room])).length > 0;
    if (!isOpen) expect(() => app.media.connectWith(pass)).toThrow();
    else {
      app.media.connectWith(pass);
      await deliver();
      await waitFor('is out again', () => mayOf(bob) === null, 2000);
    }
  });

  it('is let in by its own start, too, when both call each other at once', async () => {
    const { app, bob, direct, callId, mayOf } = await listening();
    const { call, isNew } = await startCall(app.deps, bob, {
      ...{ target: { conversationId: direct }, requestId: null, clientId: tabOf(bob), switchFrom },
    });
    expect([call.id, isNew]).toEqual([callId, false]);
    await waitFor('may speak', () => mayOf(bob)?.publish === true, 2000);
    await waitFor('is connected', async () => (await partOf(app, callId, bob))?.state === 'connected', 2000);
  });

  it('is out once the caller moves to a client that has promised no silence, and none is let in then', async () => {
    const { app, alice, bob, callId, confirm, mayOf } = await listening();
    await moveCall(app.deps, alice, { callId, clientId: tabOf(alice, 2) });
    await waitFor('is out', () => mayOf(bob) === null, 2000);
    expect(await confirm(bob)).not.toHaveProperty('media');
    expect(await loadCall(app.deps.db, callId)).toMatchObject({ status: 'ringing' });
  });

  it('keeps no call alive: the call of a caller who vanished ends as without it', async () => {
    const { app, alice, bob, callId, room, events } = await listening();
    await reconcileCalls(app.deps);
    events.splice(0);
    app.media.disconnect(room, identityOf(alice));
    await reconcileCalls(app.deps);
    expect((await partOf(app, callId, alice))?.state).toBe('rejoining');
    expect(app.media.permissionsOf(room, identityOf(bob))).not.toBeNull();
    app.clock.advance(15_000);
    await reconcileCalls(app.deps);
    await expireRings(app.deps);
    expect(await loadCall(app.deps.db, callId)).toMatchObject({ status: 'ended', endReason: 'cancelled' });
  });

  it('stays when another device of the person signs out', async () => {
    const { app, bob, mayOf } = await listening();
    await signOut(app, await otherDevice(app, bob));
    expect(mayOf(bob)).not.toBeNull();
  });
});

type Listening = Awaited<ReturnType<typeof listening>>;
