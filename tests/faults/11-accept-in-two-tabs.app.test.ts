import { expect, it } from 'vitest';
import { type ApiPerson, codeOf, entered, makePeople } from '../support/api-people';
import { faultCase } from '../support/fault-case';
import { sharedApp } from '../support/shared-app';

const fault = faultCase(11);

it('of two tabs that accept at once one enters, the other learns where, and the winner may repeat its request', async () => {
  for (let round = 0; round < 5; round += 1) {
    const [alice, bob] = (await makePeople(sharedApp(), ['Alice', 'Bob'])) as [ApiPerson, ApiPerson];
    const [first, second] = [await bob.listen(), await bob.listen()];
    const { call } = await alice.call(bob);
    for (const tab of [first, second])
      await tab.until(
        'the ring',
        () => tab.call(call.id)?.myRing !== null && tab.call(call.id) !== undefined,
        2000,
      );

    fault.did(`two tabs of ${bob.userId} accept ${call.id} at once`);
    const answers = await Promise.all([bob.accept(call.id, 1), bob.accept(call.id, 2)]);
    const answeredAt = performance.now();

    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
    const winner = answers[0]?.status === 200 ? 1 : 2;
    const loser = answers.find((answer) => answer.status === 409);
    expect(loser && codeOf(loser)).toBe('answered_elsewhere');
    for (const tab of [first, second]) {
      const silentAt = await tab.until('silence', () => tab.call(call.id)?.myRing === null, 2000);
      fault.within('silent after the answer', 300, silentAt - answeredAt);
      expect(tab.call(call.id)?.holderClientId).toBe(bob.tab(winner));
    }
    const repeat = await bob.accept(call.id, winner);
    expect(entered(repeat).media.token).not.toBe('');
    await bob.leave(call.id, winner);
    for (const one of [alice, bob]) one.close();
  }
});
