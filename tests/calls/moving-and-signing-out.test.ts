import { describe, expect, it } from 'vitest';
import { revokeOtherSignIns, revokeSignIn } from '@/lib/auth/revoke-sign-ins';
import { expireRings } from '@/lib/calls/jobs/expire-rings';
import { reconcileCalls } from '@/lib/calls/jobs/reconcile-calls';
import { connectTimeoutMs } from '@/lib/calls/model/call';
import { loadCall } from '@/lib/calls/reads/load-call';
import { routes } from '@/lib/routes/registry';
import type { Viewer } from '@/lib/viewer';
import {
  identityOf,
  otherDevice,
  sendWebhook,
  signOut,
  signOutOthers,
  startAgain,
  tabOf,
  twoTalking,
} from '../support/in-process-call';
import { ask } from '../support/make-test-deps';

const moveRoute = routes['POST /api/calls/[callId]/move'];

/** Bob talks on his laptop and has pressed Move call here on his phone, which has a sign-in of its own. */
async function movingToPhone() {
  const world = await twoTalking();
  const { app, bob: laptop, callId, room, events } = world;
  const phone = await otherDevice(app, laptop);
  const body = { clientId: tabOf(laptop, 2) };
  const moved = await ask(app, moveRoute, phone, { params: { callId }, body });
  expect(moved.status).toBe(200);
  const { media } = await moved.json();
  const [onLaptop, onPhone] = [identityOf(laptop), identityOf(laptop, 2)];
  return {
    ...world,
    laptop,
    phone,
    /** Bob's part as it stands. */
    part: async () =>
      (await loadCall(app.deps.db, callId))?.participations.find((one) => one.userId === laptop.userId),
    heldByLaptop: { clientId: onLaptop.clientId, signInId: laptop.signInId },
    heldByPhone: { clientId: onPhone.clientId, signInId: phone.signInId },
    isInRoom: (which: 'laptop' | 'phone') =>
      app.media.permissionsOf(room, which === 'laptop' ? onLaptop : onPhone) !== null,
    /** The phone's media is up, and LiveKit has said so. */
    phoneIsUp: async () => {
      app.media.connectWith(media.token);
      for (const event of events.splice(0)) await sendWebhook(event);
    },
    phoneNeverConnects: async () => {
      app.clock.advance(connectTimeoutMs);
      await expireRings(app.deps);
      await reconcileCalls(app.deps);
    },
    signOut: (who: Viewer) => signOut(app, who),
    /** What a crash of an older version right after the revocation leaves to the next start. */
    signOutAndCrash: async ({ signInId }: Viewer) => {
      await app.deps.transaction((tx) => revokeSignIn(tx, app.clock.wallNow(), signInId));
      await startAgain(app);
    },
  };
}

describe('a call whose move came to nothing', () => {
  it('belongs to the old device again: signing out on the new one does not throw it out', async () => {
    const { phone, part, heldByLaptop, phoneNeverConnects, signOut, isInRoom } = await movingToPhone();
    await phoneNeverConnects();
    expect(await part()).toMatchObject({ ...heldByLaptop, state: 'connected' });
    await signOut(phone);
    expect(await part()).toMatchObject({ ...heldByLaptop, state: 'connected' });
    expect(isInRoom('laptop')).toBe(true);
  });

  it('… and revoking the old device’s sign-in ends its part at once', async () => {
    const { app, phone, part, phoneNeverConnects, isInRoom } = await movingToPhone();
    await phoneNeverConnects();
    await signOutOthers(app, phone);
    expect(await part()).toMatchObject({ state: 'left' });
    expect(isInRoom('laptop')).toBe(false);
  });

  it('… also when a crash came between the two', async () => {
    const { laptop, part, phoneNeverConnects, signOutAndCrash, isInRoom } = await movingToPhone();
    await phoneNeverConnects();
    await signOutAndCrash(laptop);
    expect(await part()).toMatchObject({ state: 'left' });
    expect(isInRoom('laptop')).toBe(false);
  });
});

describe.each(['signOut', 'signOutAndCrash'] as const)('during a move (%s)', (how) => {
  it.each([false, true])(
    'signing out on the new device leaves the call to the one that talks (new one up: %s)',
    async (isUp) => {
      const world = await movingToPhone();
      if (isUp) await world.phoneIsUp();
      await world[how](world.phone);
      expect(await world.part()).toMatchObject({ ...world.heldByLaptop, state: 'connecting' });
      expect([world.isInRoom('laptop'), world.isInRoom('phone')]).toEqual([true, false]);
      await reconcileCalls(world.app.deps);
      expect(await world.part()).toMatchObject({ ...world.heldByLaptop, state: 'connected' });
    },
  );

  it.each([false, true])(
    'signing out on the old device leaves the call to the new one alone (new one up: %s)',
    async (isUp) => {
      const world = await movingToPhone();
      if (isUp) await world.phoneIsUp();
      await world[how](world.laptop);
      expect(await world.part()).toMatchObject({
        ...world.heldByPhone,
        state: isUp ? 'connected' : 'connecting',
      });
      expect([world.isInRoom('laptop'), world.isInRoom('phone')]).toEqual([false, isUp]);
    },
  );

  it('signing out on a third device changes nothing', async () => {
    const world = await movingToPhone();
    const tablet = await otherDevice(world.app, world.laptop);
    const before = await world.part();
    await world[how](tablet);
    expect(before).toMatchObject({ state: 'moving', from: { clientId: tabOf(world.laptop) } });
    expect(await world.part()).toEqual(before);
    expect(world.isInRoom('laptop')).toBe(true);
  });

  it('signing out on both devices ends the part, whichever is first', async () => {
    const world = await movingToPhone();
    await world[how](world.phone);
    await world[how](world.laptop);
    expect(await world.part()).toMatchObject({ state: 'left' });
    expect(world.isInRoom('laptop')).toBe(false);
  });
});

it('a new password on another device ends a part that is just moving between two old ones', async () => {
  const { app, laptop, part, isInRoom } = await movingToPhone();
  const tablet = await otherDevice(app, laptop);
  await signOutOthers(app, tablet);
  expect(await part()).toMatchObject({ state: 'left' });
  expect(isInRoom('laptop')).toBe(false);
});

it('… also when a crash of an older version left it to the next start', async () => {
  const { app, laptop, part, isInRoom } = await movingToPhone();
  const tablet = await otherDevice(app, laptop);
  await app.deps.transaction((tx) =>
    revokeOtherSignIns(tx, app.clock.wallNow(), laptop.userId, tablet.signInId),
  );
  await startAgain(app);
  expect(await part()).toMatchObject({ state: 'left' });
  expect(isInRoom('laptop')).toBe(false);
});
