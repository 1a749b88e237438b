import { expect, it } from 'vitest';
import { type ApiPerson, makePeople } from '../support/api-people';
import { faultCase } from '../support/fault-case';
import { sharedApp } from '../support/shared-app';

const fault = faultCase(15);
const ringMs = 15_000;

it('a callee who comes online mid-ring is rung within 500 ms, for the time that is left', async () => {
  const [alice, bob] = (await makePeople(sharedApp(), ['Alice', 'Bob'])) as [ApiPerson, ApiPerson];
  const hers = await alice.listen();
  const { call } = await alice.call(bob);
  const startedAt = performance.now();
  expect(hers.call(call.id)?.people.find((one) => one.user.id === bob.userId)?.ring).toMatchObject({
    state: 'ringing',
    isConfirmed: false,
  });
  // Some of the ring passes while no device is connected; how much is what the deadline is compared with.
  await alice.ask('GET', `/api/calls/${call.id}`);

  fault.did(`${bob.userId} opens a stream mid-ring`);
  const openedAt = performance.now();
  const his = await bob.listen();
  const at = await his.until('the ring', () => Boolean(his.call(call.id)?.myRing), 2000);
  fault.within('rings after the stream was opened', 500, at - openedAt);
  const left = his.call(call.id)?.myRing?.msLeft ?? 0;
  fault.within('error of the time that is left', 500, Math.abs(ringMs - (at - startedAt) - left));

  await alice.leave(call.id);
  for (const one of [alice, bob]) one.close();
});
