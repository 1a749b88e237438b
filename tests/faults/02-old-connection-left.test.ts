import { expect, it } from 'vitest';
import { loadCall } from '@/lib/calls/reads/load-call';
import { faultCase } from '../support/fault-case';
import { identityOf, sendWebhook, twoTalking } from '../support/in-process-call';

const fault = faultCase(2);

it('news that an older connection left, after its owner came back, changes nothing', async () => {
  const { app, bob, callId, room, events } = await twoTalking();
  fault.did('Bob’s connection drops and he is back with a new one before the webhooks arrive');
  app.media.disconnect(room, identityOf(bob));
  const newSid = app.media.connect(room, identityOf(bob));
  const [left, joined] = events;
  if (!left || !joined) throw new Error('no webhooks');
  expect(left.participant?.sid).not.toBe(newSid);

  expect((await sendWebhook(joined)).status).toBe(200);
  expect((await sendWebhook(left)).status).toBe(200);

  const call = await loadCall(app.deps.db, callId);
  expect(call?.status).toBe('active');
  expect(call?.participations.find((part) => part.userId === bob.userId)).toMatchObject({
    state: 'connected',
    mediaSid: newSid,
  });
});

it('nor does it when LiveKit’s list lacks the newer connection for a moment', async () => {
  const { app, bob, callId, room, events } = await twoTalking();
  app.media.disconnect(room, identityOf(bob));
  app.media.connect(room, identityOf(bob));
  const [left, joined] = events;
  if (!left || !joined) throw new Error('no webhooks');
  await sendWebhook(joined);
  fault.did('Bob’s new connection is lost again, and the only webhook is about the old one');
  app.media.disconnect(room, identityOf(bob));

  await sendWebhook(left);

  const call = await loadCall(app.deps.db, callId);
  expect(call?.participations.find((part) => part.userId === bob.userId)?.state).toBe('connected');
});
