import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openStore } from '@/db/open-store';
import { calls, conversations, rings } from '@/db/schema';
import { isAlive } from '../../scripts/processes.mjs';
import { type ApiPerson, codeOf, makePeople } from '../support/api-people';
import { faultCase } from '../support/fault-case';
import { ownApp } from '../support/own-app';
import { waitFor } from '../support/wait-for';

const fault = faultCase(9);

it('without LiveKit a start is refused within 2 s, rings no callee and leaves nothing behind', async () => {
  const app = await ownApp();
  const [alice, bob] = (await makePeople(app, ['Alice', 'Bob'])) as [ApiPerson, ApiPerson];
  const his = await bob.listen();
  const store = openStore(join(app.dataDir, 'parley.db'));
  const count = async () => [
    await store.db.$count(calls),
    await store.db.$count(rings),
    await store.db.$count(conversations),
  ];
  const before = await count();

  const { livekit } = app.pids();
  fault.did(`SIGSTOP to LiveKit (process ${livekit}): it takes connections and answers nothing`);
  process.kill(livekit, 'SIGSTOP');
  for (let n = 0; n < 3; n += 1) {
    const answer = await alice.ask('POST', '/api/calls', { userId: bob.userId, clientId: alice.tab() });
    expect(answer.status).toBe(503);
    expect(codeOf(answer)).toBe('media_unavailable');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    fault.within('answered without LiveKit', 2000, answer.ms);
  }
  expect(await count()).toEqual(before);
  expect(his.state.calls.size).toBe(0);

  fault.did(`SIGCONT to LiveKit (process ${livekit})`);
  process.kill(livekit, 'SIGCONT');
  await waitFor(
    'a call after LiveKit is back',
    async () => {
      const answer = await alice.ask('POST', '/api/calls', { userId: bob.userId, clientId: alice.tab() });
      return answer.status === 201;
    },
    10_000,
  );
  expect(isAlive(livekit)).toBe(true);
  await his.until('the ring', () => [...his.state.calls.values()].some(({ view }) => view.myRing), 2000);
  await store.close();
  for (const one of [alice, bob]) one.close();
});
