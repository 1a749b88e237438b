import { expect, it } from 'vitest';
import { type ApiPerson, codeOf, entered, makePeople } from '../support/api-people';
import { faultCase } from '../support/fault-case';
import { sharedApp } from '../support/shared-app';

const fault = faultCase(33);

it('a hundred rings in a minute are refused beyond the limit, and other people’s calls do not notice', async () => {
  const [spammer, victim, alice, bob] = (await makePeople(sharedApp(), [
    'Spammer',
    'Victim',
    'Alice',
    'Bob',
  ])) as [ApiPerson, ApiPerson, ApiPerson, ApiPerson];
  const his = await bob.listen();
  const statuses: number[] = [];
  fault.did(`${spammer.userId} calls ${victim.userId} a hundred times`);
  const spam = (async () => {
    for (let n = 0; n < 100; n += 1) {
      const answer = await spammer.ask('POST', '/api/calls', {
        userId: victim.userId,
        clientId: spammer.tab(),
      });
      statuses.push(answer.status);
      if (answer.status === 201) await spammer.leave(entered(answer).call.id);
      else {
        expect(codeOf(answer)).toBe('rate_limited');
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      }
    }
  })();
  const startedAt = performance.now();
  const { call } = await alice.call(bob);
  const at = await his.until('Alice’s ring', () => Boolean(his.call(call.id)?.myRing), 2000);
  fault.within('another person’s ring meanwhile', 250, at - startedAt);
  await spam;
  fault.atMost('rings that went through', 3, statuses.filter((status) => status === 201).length, 'rings');
  expect(new Set(statuses)).toEqual(new Set([201, 429]));
  await alice.leave(call.id);
  for (const one of [alice, bob]) one.close();
});
