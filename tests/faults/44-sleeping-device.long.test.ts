import { expect, it } from 'vitest';
import { type ApiPerson, makePeople } from '../support/api-people';
import type { ApiStream } from '../support/api-stream';
import { faultCase } from '../support/fault-case';
import { ownApp } from '../support/own-app';

const fault = faultCase(44);

/** The presence of a person as this stream last showed it. */
function presenceOf(stream: ApiStream, userId: string): string | undefined {
  const users = stream.heard.flatMap(({ event }) =>
    event.type === 'snapshot' ? event.data.users : event.type === 'users' ? event.data : [],
  );
  const last = users.findLast((user) => user.id === userId);
  return last && 'presence' in last ? last.presence : undefined;
}

it('a device that sleeps with its connection open is offline and unreachable within 120 s, one that answers is neither', async () => {
  const app = await ownApp();
  const [alice, bob, carol] = (await makePeople(app, ['Alice', 'Bob', 'Carol'])) as [
    ApiPerson,
    ApiPerson,
    ApiPerson,
  ];
  const hers = await alice.listen();
  await carol.listen();
  const his = await bob.listen({ isAsleep: true });
  const bobIs = (presence: string) => () => presenceOf(hers, bob.userId) === presence;
  await hers.until('Bob online', bobIs('online'), 5000);
  fault.did(`the laptop of ${bob.userId} sleeps: its connection stays open, heartbeats are not answered`);
  const asleepAt = performance.now();
  const offlineAt = await hers.until('Bob offline', bobIs('offline'), 130_000);
  fault.within('shown offline', 120_000, offlineAt - asleepAt);
  expect(his.isOver).toBe(false);
  expect(presenceOf(hers, carol.userId)).toBe('online');

  const { call } = await alice.call(bob);
  const ring = () => hers.call(call.id)?.people.find(({ user }) => user.id === bob.userId)?.ring?.state;
  await hers.until('the end of the ring', () => ring() === 'unreachable', 20_000);
  for (const one of [alice, bob, carol]) one.close();
});
