import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startCallTimers } from '@/lib/calls/jobs/call-timers';
import { type Cost, costTable } from '../support/costs';
import { identityOf, sendWebhook } from '../support/in-process-call';
import { costOfWebhook, twoBrowsers } from '../support/two-browsers';

/**
 * What each action costs: Alice and Bob, a direct conversation, one browser each. Noise can't move these numbers. A
 * change that spends one more fails here; one that means to changes the number, and so does one that saves it.
 */
const actions = [
  '                       reads  writes  answer streams LiveKit',
  'open the stream           14       0       0    1469',
  'answer a heartbeat         1       0       0       0',
  'send a message            17       3     277    1557',
  'read a conversation        3       0     303       0',
  'mark it read               9       1       0     482',
  'start a call              39       9    1071    5022 createRoom',
  'confirm the ring          10       3     962    1838',
  'cancel                    28      10     844    5296 deleteRoom',
  'decline                   28       8     842    5294 deleteRoom',
  'caller connects           12       5      11    1840 listParticipants',
  'accept                    29       8    1139    5200',
  'callee connects           12       5      11    1870 listParticipants',
  'leave                     27       8     910    5950 deleteRoom',
];

/** The first two are of each minute; the last adds what a call between the two costs. */
const minutes = [
  '                       reads  writes  answer streams LiveKit',
  'two idle browsers          8       0       0     216',
  'and deadlines             83       0       0     216 14 findRooms, listRooms',
  'and a call               113      15       0     216 14 findRooms, 15 listParticipants, listRooms',
];

// No heartbeat leaves and no deadline passes meanwhile. What is scheduled with setImmediate or promises stays real.
beforeEach(
  () => void vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearTimeout', 'clearInterval'] }),
);
afterEach(() => void vi.useRealTimers());

it('each action costs what the table says', async () => {
  const measured: Record<string, Cost> = {};
  const world = await twoBrowsers();
  const { app, alice, bob, direct, asks, costOf, listen, ring, startCall } = world;
  await costOf(async () => void listen(bob));
  const params = { conversationId: direct };

  measured['open the stream'] = await costOf(async () => void listen(alice));
  measured['answer a heartbeat'] = await costOf(asks('POST /api/events/alive', alice, { body: {} }));
  const messages = '/api/conversations/[conversationId]/messages';
  const body = { text: 'Hello', clientMessageId: 'message-1' };
  measured['send a message'] = await costOf(asks(`POST ${messages}`, alice, { params, body }));
  measured['read a conversation'] = await costOf(asks(`GET ${messages}`, bob, { params }));
  measured['mark it read'] = await costOf(
    asks('PUT /api/conversations/[conversationId]/read', bob, { params, body: { seq: 1 } }),
  );

  measured['start a call'] = await costOf(startCall);
  const cancelled = await ring();
  measured['confirm the ring'] = await costOf(cancelled.confirm);
  measured.cancel = await costOf(cancelled.leave);

  const declined = await ring();
  await costOf(declined.confirm);
  measured.decline = await costOf(declined.decline);

  const talked = await ring();
  await costOf(talked.confirm);
  await costOf(async () => void app.media.connect(talked.room, identityOf(alice)));
  measured['caller connects'] = await costOfWebhook(world);
  measured.accept = await costOf(talked.accept);
  await costOf(async () => void app.media.connect(talked.room, identityOf(bob)));
  measured['callee connects'] = await costOfWebhook(world);
  measured.leave = await costOf(talked.leave);

  expect(costTable(measured)).toEqual(actions);
});

it('a minute without events costs what the table says', async () => {
  const measured: Record<string, Cost> = {};
  const world = await twoBrowsers();
  const { app, alice, bob, events, asks, costOf, listen, ring } = world;
  for (const who of [bob, alice]) await costOf(async () => void listen(who));
  const beat = async () => {
    for (const who of [alice, bob]) await asks('POST /api/events/alive', who, { body: {} })();
  };
  const minute = () =>
    costOf(async () => {
      for (let quarter = 1; quarter <= 240; quarter += 1) {
        app.clock.advance(250);
        vi.advanceTimersByTime(250);
        for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
        if (quarter % 60 === 0) await beat();
      }
      return undefined;
    });
  measured['two idle browsers'] = await minute();

  const timers = startCallTimers(app.deps);
  await timers.firstTick;
  measured['and deadlines'] = await minute();

  await costOf(async () => {
    const talk = await ring();
    await talk.accept();
    for (const who of [alice, bob]) app.media.connect(talk.room, identityOf(who));
    for (const event of events.splice(0)) await sendWebhook(event);
    return undefined;
  });
  measured['and a call'] = await minute();
  timers.stop();

  expect(costTable(measured)).toEqual(minutes);
});
