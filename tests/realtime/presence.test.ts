import type { StreamEvent } from '@parley/call-protocol';
import { expect, it } from 'vitest';
import { readOperatorView } from '@/lib/operator/read-operator-view';
import { makeTestApp } from '../support/make-test-deps';
import { waitFor } from '../support/wait-for';

it('a person whose stream is passing from one tab to another is shown online', async () => {
  const app = await makeTestApp();
  const [alice, olga] = [await app.makeUser('Alice'), await app.makeUser('Olga', { isOperator: true })];
  const { bus, fanOut } = app.deps;
  fanOut.open(alice, { send: () => undefined, close: () => undefined }).drop();
  // What Olga's stream sends of Alice; Alice's next stream wakes it no second time.
  const received: unknown[] = [];
  const send = ({ type, data }: StreamEvent) => {
    const users = type === 'snapshot' ? data.users : type === 'users' ? data : [];
    for (const user of users)
      if (user.id === alice.userId && 'presence' in user) received.push(user.presence);
  };
  fanOut.open(olga, { send, close: () => undefined });
  await waitFor('the snapshot', () => received.length > 0, 5000);
  const before = received.length;
  await bus.publish({ type: 'wake', who: [olga.userId], what: { users: [alice.userId] } });
  await waitFor('Alice afresh', () => received.length > before, 5000);
  expect(new Set(received)).toEqual(new Set(['online']));
  const { people } = await readOperatorView(app.deps, olga.userId);
  expect(people.find(({ id }) => id === alice.userId)?.isOnline).toBe(true);
});
