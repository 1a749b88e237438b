import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startCallTimers } from '@/lib/calls/jobs/call-timers';
import { type Cost, costTable } from '../support/costs';
import { identityOf } from '../support/in-process-call';
import { settle } from '../support/settle';
import { costOfWebhook, twoBrowsers } from '../support/two-browsers';

/**
 * What each action costs PostgreSQL, besides what streams read, which costs the same as on SQLite
 * (server-costs.test.ts) and depends on what comes while one is read. A transaction is two statements more.
 */
const actions = [
  '                       reads  writes   locks commits LiveKit',
  'answer a heartbeat         1       0       0       0',
  'send a message            11       3       2       1',
  'mark it read               4       1       1       1',
  'start a call              27       9       2       1 createRoom',
  'confirm the ring          13       3       2       1',
  'cancel                    14      10       2       1 deleteRoom',
  'decline                   14       8       2       1 deleteRoom',
  'caller connects           11       5       2       1 listParticipants',
  'accept                    17       8       2       1',
  'callee connects           11       5       2       1 listParticipants',
  'leave                     13       8       2       1 deleteRoom',
];

/** A minute of the server that does the jobs. */
const minutes = [
  '                       reads  writes   locks commits LiveKit',
  'deadlines, no call        75       0       0       0 14 findRooms, listRooms',
];

// No deadline passes meanwhile. What the driver does over its socket stays real.
beforeEach(
  () => void vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] }),
);
afterEach(() => void vi.useRealTimers());

it('each action costs what the table says', async () => {
  const measured: Record<string, Cost> = {};
  const world = await twoBrowsers();
  const { app, alice, bob, direct, asks, costOf, ring, startCall } = world;
  for (const { userId } of [alice, bob]) app.online.add(userId);
  measured['answer a heartbeat'] = await costOf(asks('POST /api/events/alive', alice, { body: {} }));
  const params = { conversationId: direct };
  const body = { text: 'Hello', clientMessageId: 'message-1' };
  measured['send a message'] = await costOf(
    asks('POST /api/conversations/[conversationId]/messages', alice, { params, body }),
  );
  measured['mark it read'] = await costOf(
    asks('PUT /api/conversations/[conversationId]/read', bob, { params, body: { seq: 1 } }),
  );

  measured['start a call'] = await costOf(startCall);
  const cancelled = await ring();
  measured['confirm the ring'] = await costOf(cancelled.confirm);
  measured.cancel = await costOf(cancelled.leave);

  const declined = await ring();
  measured.decline = await costOf(declined.decline);

  const talked = await ring();
  await costOf(async () => void app.media.connect(talked.room, identityOf(alice)));
  measured['caller connects'] = await costOfWebhook(world);
  measured.accept = await costOf(talked.accept);
  await costOf(async () => void app.media.connect(talked.room, identityOf(bob)));
  measured['callee connects'] = await costOfWebhook(world);
  measured.leave = await costOf(talked.leave);

  expect(costTable(measured)).toEqual(actions);
});

it('a minute without events costs what the table says', async () => {
  const { app, costOf } = await twoBrowsers();
  const timers = startCallTimers(app.deps);
  await timers.firstTick;
  const minute = await costOf(async () => {
    for (let quarter = 1; quarter <= 240; quarter += 1) {
      app.clock.advance(250);
      vi.advanceTimersByTime(250);
      await settle(5);
    }
    return undefined;
  });
  timers.stop();
  expect(costTable({ 'deadlines, no call': minute })).toEqual(minutes);
});
