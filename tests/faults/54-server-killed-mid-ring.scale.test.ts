import { expect, it } from 'vitest';
import { missedBy } from '../support/api-people';
import { faultCase } from '../support/fault-case';
import { killApp } from '../support/own-app';
import { fourPeople, isWhole, ownServerSet } from '../support/own-server-set';
import { byJobs } from '../support/server-set';

const fault = faultCase(54);
const ringMs = 15_000;

it.each(['holder', 'other'] as const)(
  'one of two servers killed mid-ring, with regard to the jobs the %s: the ring keeps its deadline, and is missed once',
  async (which) => {
    const set = await ownServerSet();
    const { holder, other } = await byJobs(set);
    const [killed, left] = which === 'holder' ? [holder, other] : [other, holder];
    const [alice, bob] = await fourPeople(set);
    await alice.at(killed).listen();
    const his = await bob.at(left).listen();
    const { call } = await alice.at(killed).call(bob);
    const startedAt = performance.now();
    await his.until('the ring', () => his.call(call.id)?.myRing != null, 5000);

    fault.did(`SIGKILL to the server where ${call.id} was started (process ${killed.pids().app})`);
    const killedAt = performance.now();
    await killApp(killed);
    const hers = await alice.listen();
    fault.within('the caller’s next stream, at the other server', 5000, performance.now() - killedAt);
    expect(hers.call(call.id)?.status).toBe('ringing');
    const endedAt = await his.until('the end', () => his.call(call.id)?.status !== 'ringing', 30_000);
    fault.within('error of the deadline', 1000, Math.abs(endedAt - startedAt - ringMs));
    expect((await missedBy(bob)).map(({ callId, outcome }) => [callId, outcome])).toEqual([
      [call.id, 'missed'],
    ]);

    await killed.startAgain();
    fault.within('until both know each other after its start', 5000, await isWhole(set, 20_000));
    for (const one of [alice, bob]) one.close();
  },
);
