import { expect, it } from 'vitest';
import { type ApiPerson, makePeople, otherDevice } from '../support/api-people';
import { faultCase } from '../support/fault-case';
import { sharedApp } from '../support/shared-app';

const fault = faultCase(14);

it('a decline on one device silences every device of that person within 300 ms', async () => {
  const app = sharedApp();
  const [alice, bob] = (await makePeople(app, ['Alice', 'Bob'])) as [ApiPerson, ApiPerson];
  const phone = await otherDevice(app, bob);
  const streams = [await bob.listen(), await bob.listen(), await phone.listen()];
  const rungFrom = performance.now();
  const { call } = await alice.call(bob);
  for (const stream of streams) {
    const at = await stream.until('the ring', () => Boolean(stream.call(call.id)?.myRing), 2000);
    fault.within('rings after the call was started', 250, at - rungFrom);
  }
  fault.did(`${bob.userId} declines on the phone`);
  const declinedAt = performance.now();
  expect((await phone.ask('POST', `/api/calls/${call.id}/decline`, {})).status).toBe(200);
  for (const stream of streams) {
    const at = await stream.until('silence', () => stream.call(call.id)?.myRing === null, 2000);
    fault.within('silent after the decline', 300, at - declinedAt);
  }
  for (const one of [alice, bob, phone]) one.close();
});
