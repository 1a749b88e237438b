import { expect, it } from 'vitest';
import { faultCase } from '../support/fault-case';
import { fourPeople, isWhole, ownServerSet } from '../support/own-server-set';
import { presenceOn } from '../support/presence-on';
import { readHealth } from '../support/server-set';
import { waitFor } from '../support/wait-for';

const fault = faultCase(70);

it('the network between one server and Redis is cut: it serves its own people at once and others late, and all is right within 5 s', async () => {
  const set = await ownServerSet({ CALL_RING_SECONDS: '60' });
  const [near, far] = set.servers;
  const [alice, bob, carol, dave] = await fourPeople(set);
  const [hers, his, daves] = [
    await alice.at(near).listen(),
    await bob.at(far).listen(),
    await dave.at(far).listen(),
  ];
  const seen = presenceOn(hers, [bob.userId]);
  await waitFor('Bob online', () => seen('online'), 5000);

  fault.did('nothing passes between the second server and Redis any more, and nothing is closed');
  set.lineToRedis.stall({ onlyOpen: false });
  const cutAt = performance.now();
  await waitFor('it to say so', async () => (await readHealth(far))?.redis === false, 20_000);
  fault.within('its health says so', 10_000, performance.now() - cutAt);
  expect((await readHealth(near))?.redis).toBe(true);
  await waitFor('Bob offline for the first server’s people', () => seen('offline'), 20_000);
  const calledAt = performance.now();
  const { call } = await alice.at(near).call(bob);
  const rangAt = await his.until('the ring', () => his.call(call.id)?.status === 'ringing', 20_000);
  fault.within('a call from the other server rings', 3000, rangAt - calledAt);
  const besideAt = performance.now();
  const beside = await carol.at(far).call(dave);
  const heardAt = await daves.until('the ring', () => daves.call(beside.call.id)?.status === 'ringing', 5000);
  fault.within('a call among its own people rings', 1000, heardAt - besideAt);

  fault.did('the network is back');
  set.lineToRedis.heal();
  const backAt = performance.now();
  await isWhole(set, 20_000);
  await waitFor('Bob online again', () => seen('online'), 20_000);
  fault.within('whole again, and presence is right', 5000, performance.now() - backAt);
  const leftAt = performance.now();
  await alice.at(near).leave(call.id);
  const silentAt = await his.until('the silence', () => his.call(call.id)?.status !== 'ringing', 5000);
  fault.within('a cancel is seen at the other server', 300, silentAt - leftAt);
  expect([hers.isOver, his.isOver, daves.isOver], 'no stream was closed').toEqual([false, false, false]);
  for (const one of [alice, bob, dave]) one.close();
});
