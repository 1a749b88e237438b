import { expect, it } from 'vitest';
import { loadCall } from '@/lib/calls/load-call';
import { faultCase } from '../support/fault-case';
import { identityOf, sendWebhook, storyOf, twoTalking } from '../support/in-process-call';

const fault = faultCase(1);

it('the same webhook five times is one transition, one call entry and five times 200', async () => {
  const { app, bob, callId, room, events } = await twoTalking();
  app.media.disconnect(room, identityOf(bob));
  const [left] = events;
  if (!left) throw new Error('no webhook for the leave');
  const before = await storyOf(app);

  fault.did(`LiveKit says five times that Bob left (${left.id})`);
  const statuses = [];
  for (let n = 0; n < 5; n += 1) statuses.push((await sendWebhook(left)).status);

  expect(statuses).toEqual([200, 200, 200, 200, 200]);
  const after = await storyOf(app);
  fault.atMost('transitions', 1, after.triggers.length - before.triggers.length, '');
  expect(after.triggers.at(-1)).toMatchObject({ trigger: 'media_left', source: 'webhook' });
  expect(after.entries).toHaveLength(1);
  const call = await loadCall(app.deps.db, callId);
  expect(call?.participations.find((part) => part.userId === bob.userId)?.state).toBe('rejoining');
});

it('five at the same moment are one transition, too', async () => {
  const { app, bob, room, events } = await twoTalking();
  app.media.disconnect(room, identityOf(bob));
  const [left] = events;
  if (!left) throw new Error('no webhook for the leave');
  const before = await storyOf(app);

  fault.did('the same leave arrives five times at once');
  const answers = await Promise.all([1, 2, 3, 4, 5].map(() => sendWebhook(left)));

  expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200]);
  expect((await storyOf(app)).triggers.length - before.triggers.length).toBe(1);
});
