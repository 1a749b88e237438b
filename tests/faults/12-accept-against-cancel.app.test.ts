import { expect, it } from 'vitest';
import { type ApiPerson, codeOf, makePeople, viewIn } from '../support/api-people';
import { faultCase } from '../support/fault-case';
import { sharedApp } from '../support/shared-app';

const fault = faultCase(12);

async function ringing() {
  const [alice, bob] = (await makePeople(sharedApp(), ['Alice', 'Bob'])) as [ApiPerson, ApiPerson];
  const { call } = await alice.call(bob);
  return { alice, bob, id: call.id };
}

it('cancelled first: the accept finds an ended call and gets no token', async () => {
  const { alice, bob, id } = await ringing();
  expect((await alice.leave(id)).status).toBe(200);
  const answer = await bob.accept(id);
  expect(answer.status).toBe(409);
  expect(codeOf(answer)).toBe('call_ended');
  expect(viewIn(answer)).toMatchObject({ status: 'ended', endReason: 'cancelled' });
  expect(JSON.stringify(answer.body)).not.toContain('token');
});

it('accepted first: the cancel is an ordinary leave, and the call was answered', async () => {
  const { alice, bob, id } = await ringing();
  expect((await bob.accept(id)).status).toBe(200);
  const left = await alice.leave(id);
  expect(left.status).toBe(200);
  expect(viewIn(left)).toMatchObject({ status: 'ended', endReason: 'completed' });
});

it('at the same moment it is one of the two, whichever came first', async () => {
  for (let round = 0; round < 10; round += 1) {
    const { alice, bob, id } = await ringing();
    const race = [() => bob.accept(id), () => alice.leave(id)];
    fault.did(`accept by ${bob.userId} and cancel by ${alice.userId} leave together`);
    const answers = await Promise.all((round % 2 === 0 ? race : race.reverse()).map((ask) => ask()));
    const [accept, cancel] = round % 2 === 0 ? answers : answers.reverse();
    expect(cancel?.status).toBe(200);
    const end = viewIn(await alice.ask('GET', `/api/calls/${id}`));
    expect(end.status).toBe('ended');
    // An accept that was let in and lost its place before the answer gets no pass either.
    const isIn = end.endReason === 'completed';
    expect(isIn ? [200, 409] : [409]).toContain(accept?.status);
    if (accept?.status === 409) expect(JSON.stringify(accept.body)).not.toContain('token');
  }
});
