import { expect, it } from 'vitest';
import { type ApiPerson, entered, makePeople } from '../support/api-people';
import { faultCase } from '../support/fault-case';
import { sharedApp } from '../support/shared-app';

const fault = faultCase(23);

it('one of three leaves and the call goes on; one of two leaves and it has ended within a second', async () => {
  const [alice, bob, carol] = (await makePeople(sharedApp(), ['Alice', 'Bob', 'Carol'])) as [
    ApiPerson,
    ApiPerson,
    ApiPerson,
  ];
  const made = await alice.ask('POST', '/api/conversations', {
    userIds: [bob.userId, carol.userId],
    title: 'Three',
  });
  const conversationId = (made.body as { id: string }).id;
  const started = entered(
    await alice.ask('POST', '/api/calls', { conversationId, clientId: alice.tab() }),
  ).call;
  for (const one of [bob, carol]) entered(await one.accept(started.id));
  const stream = await alice.listen();

  fault.did('Carol leaves a call of three');
  await carol.leave(started.id);
  await stream.until(
    'Carol’s leave',
    () =>
      stream.call(started.id)?.people.find((one) => one.user.id === carol.userId)?.participation?.state ===
      'left',
    2000,
  );
  expect(stream.call(started.id)?.status).toBe('active');

  fault.did('Bob leaves a call of two');
  const leftAt = performance.now();
  await bob.leave(started.id);
  const at = await stream.until('the end', () => stream.call(started.id)?.status === 'ended', 3000);
  fault.within('ended after the last clean leave', 1000, at - leftAt);
  for (const one of [alice, bob, carol]) one.close();
});
