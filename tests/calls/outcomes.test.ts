import type { EndReason } from '@parley/call-protocol';
import { describe, expect, it } from 'vitest';
import { blockUser } from '@/lib/calls/commands/block-user';
import { changeMe } from '@/lib/calls/commands/change-me';
import { confirmRing } from '@/lib/calls/commands/confirm-ring';
import { enterCall } from '@/lib/calls/commands/enter-call';
import { reconcileCalls } from '@/lib/calls/jobs/reconcile-calls';
import { connectTimeoutMs, mediaLostTimeoutMs } from '@/lib/calls/model/call';
import { readHistory, requireView } from '@/lib/calls/reads/read-calls';
import type { CallId } from '@/lib/ids';
import { readMe } from '@/lib/users/read-me';
import {
  accept,
  alice,
  app,
  bob,
  call,
  decline,
  direct,
  leave,
  letItRing,
  type Outcome,
  otherTab,
  outcomeFor,
  stop,
  tab,
  wait,
  withThreePeople,
  wordsFor,
} from './three-people';

withThreePeople();

type DirectCase = {
  what: string;
  play: (callId: CallId) => Promise<unknown>;
  reason: EndReason;
  alice: Outcome;
  bob: Outcome;
};

const directCases: DirectCase[] = [
  {
    what: 'Bob declines',
    play: (id) => decline(bob, id),
    reason: 'declined',
    alice: 'declined',
    bob: 'declined',
  },
  {
    what: 'Bob’s window shows and he does not answer',
    play: async (id) => {
      await confirmRing(app.deps, bob, id);
      await letItRing();
    },
    reason: 'missed',
    alice: 'no_answer',
    bob: 'missed',
  },
  {
    what: 'Bob has a stream but no window, and does not answer',
    play: letItRing,
    reason: 'missed',
    alice: 'no_answer',
    bob: 'missed',
  },
  {
    what: 'Alice cancels',
    play: (id) => leave(alice, id),
    reason: 'cancelled',
    alice: 'cancelled',
    bob: 'missed',
  },
  {
    what: 'Alice stops ringing Bob',
    play: (id) => stop(id, bob),
    reason: 'missed',
    alice: 'cancelled',
    bob: 'missed',
  },
  {
    what: 'Alice vanishes while it rings',
    play: async (id) => {
      const view = await requireView(app.deps, alice.userId, id);
      expect(view.status).toBe('ringing');
      const [room] = await app.media.listRooms('parley_');
      const identity = { userId: alice.userId, clientId: tab };
      app.media.disconnect(room?.name ?? '', identity);
      await reconcileCalls(app.deps);
      await wait(15_000);
    },
    reason: 'cancelled',
    alice: 'cancelled',
    bob: 'missed',
  },
  {
    what: 'Bob answers and both talk',
    play: async (id) => {
      await accept(bob, id);
      await wait(5000);
      await leave(alice, id);
    },
    reason: 'completed',
    alice: 'completed',
    bob: 'completed',
  },
  {
    what: 'Bob answers on one device while another still shows the window',
    play: async (id) => {
      await accept(bob, id);
      await expect(accept(bob, id, otherTab)).rejects.toMatchObject({ code: 'answered_elsewhere' });
      expect((await requireView(app.deps, bob.userId, id)).myRing).toBeNull();
      await decline(bob, id);
      await leave(bob, id);
    },
    reason: 'completed',
    alice: 'completed',
    bob: 'completed',
  },
  {
    what: 'Bob answers, but his media never comes up',
    play: async (id) => {
      await enterCall(app.deps, bob, { callId: id, clientId: tab, switchFrom: null });
      await wait(connectTimeoutMs);
    },
    reason: 'completed',
    alice: 'completed',
    bob: 'completed',
  },
  {
    what: 'LiveKit is gone for good while it rings',
    play: async () => {
      app.media.goDown();
      await reconcileCalls(app.deps);
      await wait(mediaLostTimeoutMs);
    },
    reason: 'failed',
    alice: 'failed',
    bob: 'missed',
  },
  {
    what: 'Bob blocks Alice while it rings: as if he had declined',
    play: () => blockUser(app.deps, bob.userId, alice.userId),
    reason: 'declined',
    alice: 'declined',
    bob: 'declined',
  },
  {
    what: 'Alice blocks Bob while it rings: as if she had left',
    play: () => blockUser(app.deps, alice.userId, bob.userId),
    reason: 'cancelled',
    alice: 'cancelled',
    bob: 'missed',
  },
];

describe('the entry of a direct call shows what happened, to each of the two', () => {
  it.each(directCases)('$what: $alice for the caller, $bob for the callee', async (row) => {
    const id = await call(direct);
    await row.play(id);
    const view = await requireView(app.deps, alice.userId, id);
    expect({ status: view.status, endReason: view.endReason }).toEqual({
      status: 'ended',
      endReason: row.reason,
    });
    expect(await outcomeFor(alice, direct)).toBe(row.alice);
    expect(await outcomeFor(bob, direct)).toBe(row.bob);
  });

  it('Bob has no device connected: not reachable for the caller, missed for Bob', async () => {
    app.online.delete(bob.userId);
    const id = await call(direct);
    expect(await wordsFor(bob, id)).toBe('Calling…');
    await letItRing();
    expect(await outcomeFor(alice, direct)).toBe('unreachable');
    expect(await outcomeFor(bob, direct)).toBe('missed');
  });

  it('Bob does not want to be disturbed: no answer for the caller, missed for Bob', async () => {
    await changeMe(app.deps, bob.userId, { doNotDisturb: true });
    await call(direct);
    await letItRing();
    expect(await outcomeFor(alice, direct)).toBe('no_answer');
    expect(await outcomeFor(bob, direct)).toBe('missed');
  });

  it('Bob allows no calls: the start is refused, and neither of the two finds a call', async () => {
    await changeMe(app.deps, bob.userId, { callPermission: 'nobody' });
    await expect(call(direct)).rejects.toMatchObject({ code: 'not_allowed' });
    for (const { userId } of [alice, bob]) {
      const { entries } = await readHistory(app.deps, userId, { filter: 'all', before: null, limit: 10 });
      expect(entries).toEqual([]);
    }
  });
});

it('a call that was still ringing when the Calls page was looked at counts as missed afterwards', async () => {
  const id = await call(direct);
  app.clock.advance(1000);
  await changeMe(app.deps, bob.userId, { missedCallsSeen: true });
  app.clock.advance(1000);
  await leave(alice, id);
  expect((await readMe(app.deps.db, bob.userId)).missedCallCount).toBe(1);
  app.clock.advance(1000);
  await changeMe(app.deps, bob.userId, { missedCallsSeen: true });
  expect((await readMe(app.deps.db, bob.userId)).missedCallCount).toBe(0);
});
