import type { EndReason } from '@parley/call-protocol';
import { describe, expect, it } from 'vitest';
import { addToGroup, removeFromGroup } from '@/lib/calls/commands/change-members';
import { confirmRing } from '@/lib/calls/commands/confirm-ring';
import { enterCall } from '@/lib/calls/commands/enter-call';
import { ringAgain, stopRing } from '@/lib/calls/commands/ring-again';
import { loadCall } from '@/lib/calls/reads/load-call';
import { readCall, requireView } from '@/lib/calls/reads/read-calls';
import type { CallId } from '@/lib/ids';
import {
  accept,
  alice,
  app,
  bob,
  call,
  carol,
  comeUp,
  decline,
  group,
  leave,
  letItRing,
  type Outcome,
  outcomeFor,
  stop,
  tab,
  withThreePeople,
  wordsFor,
} from './three-people';

withThreePeople();

describe('in a group each answer stands alone', () => {
  it('the caller reads one word for each callee, and no two are mixed up', async () => {
    const [dave, erin, frank, grace] = [
      await app.makeUser('Dave'),
      await app.makeUser('Erin', { callPermission: 'nobody' }),
      await app.makeUser('Frank'),
      await app.makeUser('Grace'),
    ];
    for (const { userId } of [dave, erin, frank]) app.online.add(userId);
    const group = await app.makeConversation('group', [alice, bob, carol, dave, erin, frank, grace]);
    const id = await call(group);
    await confirmRing(app.deps, bob, id);
    await confirmRing(app.deps, carol, id);
    await decline(carol, id);
    await stop(id, frank);
    const words = async () =>
      Object.fromEntries(
        await Promise.all(
          Object.entries({ bob, carol, dave, erin, frank, grace }).map(async ([name, who]) => [
            name,
            await wordsFor(who, id),
          ]),
        ),
      );
    expect(await words()).toEqual({
      bob: 'Ringing…',
      carol: 'Declined',
      dave: 'Calling…',
      erin: 'Not allowed',
      frank: 'Not ringing',
      grace: 'Calling…',
    });
    await accept(bob, id);
    await letItRing();
    expect(await words()).toEqual({
      bob: '',
      carol: 'Declined',
      dave: 'No answer',
      erin: 'Not allowed',
      frank: 'Not ringing',
      grace: 'Not reachable',
    });
    await leave(bob, id);
    expect(await outcomeFor(alice, group)).toBe('completed');
    expect(await outcomeFor(carol, group)).toBe('completed');
    for (const who of [dave, frank, grace]) expect(await outcomeFor(who, group)).toBe('missed');
  });

  it('being in the call overrides the ring: a callee who declined and joins later is shown in the call', async () => {
    const id = await call(group);
    await decline(bob, id);
    expect(await wordsFor(bob, id)).toBe('Declined');
    await accept(bob, id);
    expect(await wordsFor(bob, id)).toBe('');
    await leave(carol, id);
    expect((await requireView(app.deps, alice.userId, id)).status).toBe('active');
  });

  type GroupCase = {
    what: string;
    play: (callId: CallId) => Promise<unknown>;
    reason: EndReason;
    outcomes: [alice: Outcome, bob: Outcome, carol: Outcome];
  };
  const cases: GroupCase[] = [
    {
      what: 'both decline',
      play: async (id) => {
        await decline(bob, id);
        await decline(carol, id);
      },
      reason: 'declined',
      outcomes: ['declined', 'declined', 'declined'],
    },
    {
      what: 'one declines, one stays silent',
      play: async (id) => {
        await decline(bob, id);
        await letItRing();
      },
      reason: 'missed',
      outcomes: ['no_answer', 'no_answer', 'missed'],
    },
    {
      what: 'one declines, then the caller cancels',
      play: async (id) => {
        await decline(bob, id);
        await leave(alice, id);
      },
      reason: 'cancelled',
      outcomes: ['cancelled', 'cancelled', 'missed'],
    },
    {
      what: 'the caller stops ringing both',
      play: async (id) => {
        await stop(id, bob);
        await stop(id, carol);
      },
      reason: 'missed',
      outcomes: ['cancelled', 'missed', 'missed'],
    },
    {
      what: 'the caller leaves after one has answered, who is then alone with a ring and gives up',
      play: async (id) => {
        await accept(bob, id);
        await leave(alice, id);
        expect((await requireView(app.deps, bob.userId, id)).status).toBe('active');
        await leave(bob, id);
      },
      reason: 'completed',
      outcomes: ['completed', 'completed', 'missed'],
    },
    {
      what: 'one is rung again after declining, and declines again',
      play: async (id) => {
        await decline(bob, id);
        await ringAgain(app.deps, alice, { callId: id, userId: bob.userId });
        expect(await wordsFor(bob, id)).toBe('Calling…');
        await decline(bob, id);
        await decline(carol, id);
      },
      reason: 'declined',
      outcomes: ['declined', 'declined', 'declined'],
    },
  ];

  it.each(cases)('$what', async ({ play, reason, outcomes }) => {
    const id = await call(group);
    await play(id);
    const view = await requireView(app.deps, alice.userId, id);
    expect({ status: view.status, endReason: view.endReason }).toEqual({
      status: 'ended',
      endReason: reason,
    });
    expect([
      await outcomeFor(alice, group),
      await outcomeFor(bob, group),
      await outcomeFor(carol, group),
    ]).toEqual(outcomes);
  });

  it('one of three leaves and the call goes on; one remaining ends it', async () => {
    const id = await call(group);
    await accept(bob, id);
    await accept(carol, id);
    await leave(alice, id);
    expect((await requireView(app.deps, bob.userId, id)).status).toBe('active');
    await leave(carol, id);
    expect((await requireView(app.deps, bob.userId, id)).endReason).toBe('completed');
  });

  it('a callee who missed the ring can join as long as the call lives', async () => {
    const id = await call(group);
    await accept(bob, id);
    await letItRing();
    expect(await wordsFor(carol, id)).toBe('No answer');
    await comeUp(await enterCall(app.deps, carol, { callId: id, clientId: tab, switchFrom: null }));
    const view = await requireView(app.deps, carol.userId, id);
    const hers = view.people.find((one) => one.user.id === carol.userId);
    expect([hers?.participation?.state, hers?.ring?.state]).toEqual(['joined', 'missed']);
    await leave(alice, id);
    expect((await requireView(app.deps, bob.userId, id)).status).toBe('active');
  });

  it('leaving the group ends the ring, and no participant can ring that person again', async () => {
    const id = await call(group);
    await removeFromGroup(app.deps, bob.userId, group, bob.userId);
    const rung = (await loadCall(app.deps.db, id))?.rings.find((one) => one.userId === bob.userId);
    expect(rung?.state).toBe('cancelled');
    const ringing = ringAgain(app.deps, alice, { callId: id, userId: bob.userId });
    await expect(ringing).rejects.toMatchObject({ code: 'not_found' });
  });

  it('a member outside the call loses sight of it when they are removed', async () => {
    const dave = await app.makeUser('Dave');
    const id = await call(group);
    await addToGroup(app.deps, alice.userId, group, dave.userId);
    expect((await requireView(app.deps, dave.userId, id)).myRing).toBeNull();
    await removeFromGroup(app.deps, alice.userId, group, dave.userId);
    expect(await readCall(app.deps, dave.userId, id)).toBeNull();
    const wakes = app.wakes.filter(({ who, what }) => who.includes(dave.userId) && what.calls?.includes(id));
    expect(wakes).not.toEqual([]);
    expect((await requireView(app.deps, alice.userId, id)).status).toBe('ringing');
  });

  it('only who started a ring may stop it, and the view says who did', async () => {
    const id = await call(group);
    await accept(bob, id);
    await decline(carol, id);
    const view = await ringAgain(app.deps, bob, { callId: id, userId: carol.userId });
    const ring = view.people.find((one) => one.user.id === carol.userId)?.ring;
    expect(ring).toEqual({ state: 'ringing', isConfirmed: false, ringerId: bob.userId });
    await expect(stop(id, carol)).rejects.toMatchObject({ code: 'not_allowed' });
    await stopRing(app.deps, bob, { callId: id, userId: carol.userId });
    expect(await wordsFor(carol, id)).toBe('Not ringing');
  });
});
