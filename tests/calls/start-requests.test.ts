import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { startRequests } from '@/db/schema';
import { leaveByRequest } from '@/lib/calls/commands/leave-call';
import { startCall } from '@/lib/calls/commands/start-call';
import { findCallOf } from '@/lib/calls/reads/load-call';
import { routes } from '@/lib/routes/registry';
import type { Viewer } from '@/lib/viewer';
import { tabOf, twoPeople } from '../support/in-process-call';
import { ask } from '../support/make-test-deps';

const leaveRoute = routes['POST /api/calls/leave'];

async function world() {
  const { app, alice, bob, direct } = await twoPeople();
  return {
    app,
    alice,
    bob,
    leave: (who: Viewer, requestId: string) =>
      leaveByRequest(app.deps, who, { requestId, clientId: tabOf(who) }),
    start: (requestId: string) => {
      const target = { conversationId: direct };
      return startCall(app.deps, alice, { target, requestId, clientId: tabOf(alice), switchFrom: null });
    },
    kept: (who: Viewer) => app.deps.db.$count(startRequests, eq(startRequests.userId, who.userId)),
  };
}

it('taking back starts that never were is answered however often, and fills no disk', async () => {
  const { app, alice, bob, leave, start, kept } = await world();
  await start('a-real-one');
  for (let n = 0; n < 100; n += 1) {
    const answer = await ask(app, leaveRoute, alice, {
      body: { requestId: `made-up-${n}`, clientId: tabOf(alice) },
    });
    expect([answer.status, await answer.json()]).toEqual([200, { call: null }]);
  }
  expect(await kept(alice)).toBe(61);
  // The call she is really in is left all the same, and no other client is blocked.
  expect(await leave(alice, 'a-real-one')).toMatchObject({ status: 'ended' });
  expect(await findCallOf(app.deps.db, alice.userId)).toBeNull();
  await leave(bob, 'made-up-0');
  expect(await kept(bob)).toBe(1);
  app.clock.advance(60_000);
  await leave(alice, 'a-minute-later');
  await expect(start('a-minute-later')).rejects.toMatchObject({ code: 'call_ended' });
});

it.each(['start', 'leave'] as const)(
  'with the next %s what is older than an hour is forgotten',
  async (by) => {
    const { app, alice, bob, leave, start, kept } = await world();
    await start('the-first');
    await leave(alice, 'the-first');
    await leave(alice, 'the-second');
    await leave(bob, 'of-another-person');
    app.clock.advance(60 * 60_000);
    await leave(alice, 'within-the-hour');
    expect(await kept(alice)).toBe(3);
    app.clock.advance(1);
    await (by === 'start' ? start('the-next') : leave(alice, 'the-next'));
    expect(await kept(alice)).toBe(2);
    expect(await kept(bob)).toBe(1);
  },
);
