import { isInCall } from '@parley/call-protocol';
import { expect, it } from 'vitest';
import { enterCall } from '@/lib/calls/commands/enter-call';
import { startCall } from '@/lib/calls/commands/start-call';
import { loadCall } from '@/lib/calls/reads/load-call';
import { callIdSchema } from '@/lib/ids';
import type { MediaEvent } from '@/lib/media/media-server';
import { faultCase } from '../support/fault-case';
import { identityOf, roomOf, sendWebhook, tabOf, twoPeople } from '../support/in-process-call';

const fault = faultCase(3);

async function bothEntered() {
  const world = await twoPeople();
  const { app, alice, bob, direct } = world;
  const started = await startCall(app.deps, alice, {
    target: { conversationId: direct },
    requestId: null,
    clientId: tabOf(alice),
    switchFrom: null,
  });
  const callId = callIdSchema.parse(started.call.id);
  await enterCall(app.deps, bob, { callId, clientId: tabOf(bob), switchFrom: null });
  return { ...world, callId, room: await roomOf(app, callId) };
}

const leftOf = (room: string, participant: MediaEvent['participant'], id: string): MediaEvent => ({
  id,
  type: 'participant_left',
  room,
  participant,
});

it('a leave without its join is judged by LiveKit’s own list: who is there stays', async () => {
  const { app, bob, callId, room } = await bothEntered();
  const sid = app.media.connect(room, identityOf(bob));
  fault.did('Bob’s join is lost and a leave of his arrives, although he is in the room');
  expect((await sendWebhook(leftOf(room, { identity: identityOf(bob), sid }, 'EV_lone'))).status).toBe(200);
  const call = await loadCall(app.deps.db, callId);
  expect(call?.participations.find((part) => part.userId === bob.userId)).toMatchObject({
    state: 'connected',
    mediaSid: sid,
  });
});

it('however many webhooks arrive, no participant leaves twice, and the count never drops below the participants', async () => {
  const { app, alice, bob, callId, room } = await bothEntered();
  fault.did('ten leaves of Alice, Bob and a stranger, none of whom ever joined');
  const stranger = await app.makeUser('Stranger');
  for (let n = 0; n < 10; n += 1) {
    const who = [alice, bob, stranger][n % 3] ?? alice;
    const event = leftOf(room, { identity: identityOf(who), sid: `PA_never_${n}` }, `EV_never_${n}`);
    expect((await sendWebhook(event)).status).toBe(200);
  }
  const call = await loadCall(app.deps.db, callId);
  expect(call?.status).toBe('active');
  expect(call?.participations.filter(isInCall)).toHaveLength(2);
});
