import { expect, it } from 'vitest';
import { faultCase } from '../support/fault-case';
import { identityOf, sendWebhook, storyOf, twoTalking } from '../support/in-process-call';

const fault = faultCase(29);

it('a genuine webhook that is sent again is accepted and changes nothing', async () => {
  const { app, bob, room, events } = await twoTalking();
  app.media.disconnect(room, identityOf(bob));
  const [left] = events;
  if (!left) throw new Error('no webhook for the leave');
  await sendWebhook(left);
  app.media.connect(room, identityOf(bob));
  for (const event of events.slice(1)) await sendWebhook(event);
  const before = await storyOf(app);

  fault.did(`${left.id} is replayed with its own signature while Bob is back`);
  expect((await sendWebhook(left, { ageSeconds: 240 })).status).toBe(200);
  expect(await storyOf(app)).toEqual(before);
});

it('one whose signature is older than five minutes and the tolerance of one is refused', async () => {
  const { app, bob, room, events } = await twoTalking();
  app.media.disconnect(room, identityOf(bob));
  const [left] = events;
  if (!left) throw new Error('no webhook for the leave');
  const before = await storyOf(app);
  fault.did(`${left.id} arrives for the first time, signed 6 min ago`);
  expect((await sendWebhook(left, { ageSeconds: 361 })).status).toBe(401);
  expect(await storyOf(app)).toEqual(before);
});
