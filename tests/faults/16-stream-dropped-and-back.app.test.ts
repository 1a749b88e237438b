import { expect, it } from 'vitest';
import { type ApiPerson, makePeople } from '../support/api-people';
import { faultCase } from '../support/fault-case';
import { sharedApp } from '../support/shared-app';

const fault = faultCase(16);

it('after a dropped stream one snapshot makes the client equal to the server', async () => {
  const [alice, bob, carol] = (await makePeople(sharedApp(), ['Alice', 'Bob', 'Carol'])) as [
    ApiPerson,
    ApiPerson,
    ApiPerson,
  ];
  const before = await bob.listen();
  const first = (await alice.call(bob)).call.id;
  await before.until('the first ring', () => Boolean(before.call(first)?.myRing), 2000);

  fault.did(`the stream of ${bob.userId} drops; one call ends and another rings meanwhile`);
  before.close();
  await alice.leave(first);
  const second = (await carol.call(bob)).call.id;

  const after = await bob.listen();
  expect(after.heard[0]?.event.type).toBe('snapshot');
  expect([...after.state.calls.keys()]).toEqual([second]);
  expect(after.call(second)?.myRing).not.toBeNull();
  const asked = await bob.ask('GET', `/api/calls/${second}`);
  expect((asked.body as { call: { revision: number } }).call.revision).toBe(after.call(second)?.revision);
  await carol.leave(second);
  for (const one of [alice, bob, carol]) one.close();
});
