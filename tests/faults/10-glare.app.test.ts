import { expect, it } from 'vitest';
import { type ApiPerson, entered, makePeople } from '../support/api-people';
import { faultCase } from '../support/fault-case';
import { sharedApp } from '../support/shared-app';

const fault = faultCase(10);

function roomOf(token: string): unknown {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).video.room;
}

it('two people who call each other at the same moment are in one call, and neither sees an error', async () => {
  for (let round = 0; round < 5; round += 1) {
    const [alice, bob] = (await makePeople(sharedApp(), ['Alice', 'Bob'])) as [ApiPerson, ApiPerson];
    const [hersStream, hisStream] = [await alice.listen(), await bob.listen()];
    fault.did(`${alice.userId} and ${bob.userId} press Call at once`);
    const [hers, his] = (await Promise.all([alice.call(bob), bob.call(alice)])) as [
      Awaited<ReturnType<ApiPerson['call']>>,
      Awaited<ReturnType<ApiPerson['call']>>,
    ];
    expect(hers.call.id).toBe(his.call.id);
    expect(roomOf(hers.media.token)).toBe(roomOf(his.media.token));
    for (const stream of [hersStream, hisStream])
      await stream.until(
        'a call with both in it',
        () =>
          stream.call(hers.call.id)?.people.filter((one) => one.participation?.state === 'joined').length ===
          2,
        2000,
      );
    expect(entered(await alice.accept(hers.call.id)).call.status).toBe('active');
    expect([...hisStream.state.calls.keys()]).toEqual([hers.call.id]);
    await alice.leave(hers.call.id);
    for (const one of [alice, bob]) one.close();
  }
});
