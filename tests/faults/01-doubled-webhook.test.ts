import { expect, it } from 'vitest';
import { loadCall } from '@/lib/calls/reads/load-call';
import type { CallId } from '@/lib/ids';
import { type MediaEvent, MediaUnavailable } from '@/lib/media/media-server';
import type { Viewer } from '@/lib/viewer';
import { faultCase } from '../support/fault-case';
import { identityOf, sendWebhook, storyOf, twoTalking } from '../support/in-process-call';
import type { TestApp } from '../support/make-test-deps';

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
  expect(await stateOfBob(app, callId, bob)).toBe('rejoining');
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

it.each([1, 2, 3])(
  'a database that fails at transaction %i of a delivery has LiveKit deliver again, and the retry is the one transition',
  async (failing) => {
    const { app, bob, callId, room, events } = await twoTalking();
    app.media.disconnect(room, identityOf(bob));
    const [left] = events;
    if (!left) throw new Error('no webhook for the leave');
    const before = await storyOf(app);
    const { transaction } = app.deps;
    let count = 0;
    app.deps.transaction = (work) => {
      count += 1;
      if (count !== failing) return transaction(work);
      const busy = Object.assign(new Error('the database is locked'), { code: 'SQLITE_BUSY' });
      return Promise.reject(busy);
    };

    fault.did(
      `the database fails at transaction ${failing} of ${left.id}; LiveKit delivers until it gets a 200`,
    );
    const statuses = await deliverUntilTaken(left);

    expect(statuses.slice(0, -1).every((status) => status >= 500)).toBe(true);
    expect(await stateOfBob(app, callId, bob)).toBe('rejoining');
    expect((await storyOf(app)).triggers.length - before.triggers.length).toBe(1);
  },
);

it.each(['listParticipants', 'removeParticipant'] as const)(
  'a LiveKit that fails at %s delivers again, and the retry removes who may not be there',
  async (method) => {
    const { app, alice, callId, room, events } = await twoTalking();
    const intruder = identityOf(alice, 2);
    app.media.connect(room, intruder);
    const [joined] = events;
    if (!joined) throw new Error('no webhook for the join');
    const { media } = app;
    let failures = 1;
    app.deps.media = {
      ...media,
      [method]: (...args: Parameters<(typeof media)[typeof method]>) => {
        failures -= 1;
        if (failures >= 0) return Promise.reject(new MediaUnavailable());
        return Reflect.apply(media[method], media, args);
      },
    };

    fault.did(`LiveKit fails at ${method} for ${joined.id}, which says that a tab without a part is there`);
    const statuses = await deliverUntilTaken(joined);

    expect(statuses).toEqual([503, 200]);
    expect(media.permissionsOf(room, intruder)).toBeNull();
    expect((await loadCall(app.deps.db, callId))?.status).toBe('active');
  },
);

/** As LiveKit delivers: again after each 5xx, at most five times. */
async function deliverUntilTaken(event: MediaEvent): Promise<number[]> {
  const statuses: number[] = [];
  while (statuses.length < 5 && (statuses.at(-1) ?? 500) >= 500)
    statuses.push((await sendWebhook(event)).status);
  return statuses;
}

async function stateOfBob(app: TestApp, callId: CallId, bob: Viewer) {
  const call = await loadCall(app.deps.db, callId);
  return call?.participations.find((part) => part.userId === bob.userId)?.state;
}
