import { expect, it } from 'vitest';
import { makePeople, missedBy } from '../support/api-people';
import { faultCase } from '../support/fault-case';
import { isWhole, ownServerSet, stopHolder, triggersOf } from '../support/own-server-set';
import { byJobs } from '../support/server-set';
import { waitFor } from '../support/wait-for';

const fault = faultCase(71);
const ringMs = 15_000;
const pairs = 10;

it('both servers sweep the same deadlines: each ring ends once, on time, and is missed once', async () => {
  const set = await ownServerSet();
  const names = Array.from({ length: 2 * pairs }, (_, number) => `Pair${number}`);
  const people = await makePeople(set.community, names);
  const { other: awake } = await byJobs(set);
  const rings = await Promise.all(
    people.slice(0, pairs).map(async (caller, at) => {
      const callee = people[pairs + at] ?? caller;
      const stream = await callee.at(awake).listen();
      const { call } = await caller.at(awake).call(callee);
      return { id: call.id, callee, stream, startedAt: performance.now() };
    }),
  );
  fault.did('SIGSTOP to the server that does the jobs; the other does them then');
  const { wake } = await stopHolder(set);
  const firstAt = Math.min(...rings.map(({ startedAt }) => startedAt));
  await waitFor('the moment before the deadlines', () => performance.now() - firstAt > ringMs - 50, 20_000);
  fault.did('SIGCONT: what it sweeps now, the other sweeps, too');
  wake();
  for (const { id, stream, startedAt } of rings) {
    const endedAt = await stream.until('the end', () => stream.call(id)?.status !== 'ringing', 20_000);
    fault.within('error of a deadline', 1000, Math.abs(endedAt - startedAt - ringMs));
  }
  await isWhole(set, 20_000);
  for (const { id, callee } of rings) {
    const judged = (await triggersOf(set, id)).filter((trigger) => trigger === 'time_passed');
    fault.atMost('times that a deadline was judged', 1, judged.length, '');
    expect((await missedBy(callee)).map(({ callId, outcome }) => [callId, outcome])).toEqual([
      [id, 'missed'],
    ]);
    callee.close();
  }
});
