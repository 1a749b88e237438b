import { expect, it } from 'vitest';
import { calls } from '@/db/schema';
import { type ApiPerson, entered, makePeople, openDatabaseOf } from '../support/api-people';
import { faultCase } from '../support/fault-case';
import { ownServerSet } from '../support/own-server-set';

const fault = faultCase(57);
const pairs = Number(process.env.FAULT_PAIRS ?? 100);
/** So many pairs are at it at a time. */
const atOnce = 8;

it('pairs that call each other at two servers at the same moment: one call each, and neither person hears an error', async () => {
  const set = await ownServerSet();
  const [a, b] = set.servers;
  const names = Array.from({ length: 2 * pairs }, (_, number) => `Pair${number}`);
  const people = await makePeople(set.community, names);
  const wrong: string[] = [];
  const callIds = new Set<string>();
  const meet = async (one: ApiPerson, other: ApiPerson) => {
    const start = (who: ApiPerson, whom: ApiPerson) =>
      who.ask('POST', '/api/calls', { userId: whom.userId, clientId: who.tab() });
    const answers = await Promise.all([start(one, other), start(other, one)]);
    for (const { status, body } of answers)
      if (status >= 300) wrong.push(`${status} ${JSON.stringify(body)}`);
    const [hers, his] = answers.flatMap((answer) => (answer.status < 300 ? entered(answer).call.id : []));
    if (hers !== his) wrong.push(`${hers} and ${his}`);
    if (hers) callIds.add(hers);
    // A leave of a call that the other has just ended is none that people hear of.
    const left = hers ? await Promise.all([one.leave(hers), other.leave(hers)]) : [];
    for (const { status } of left) if (status !== 200 && status !== 409) wrong.push(`leave: ${status}`);
  };

  fault.did(`${pairs} pairs call each other, ${atOnce} at a time`);
  let next = 0;
  const turns = async () => {
    while (next < pairs) {
      const at = next++;
      const [one, other] = [people[2 * at], people[2 * at + 1]];
      if (one && other) await meet(one.at(a), other.at(b));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, turns));

  expect(wrong.slice(0, 5)).toEqual([]);
  const store = openDatabaseOf(set.community);
  const rows = await store.db.select({ id: calls.id, status: calls.status }).from(calls);
  await store.close();
  expect(rows.map(({ id }) => id).sort()).toEqual([...callIds].sort());
  fault.atMost('calls beyond one for each pair', 0, rows.length - pairs, '');
  fault.atMost('calls that are left', 0, rows.filter(({ status }) => status !== 'ended').length, '');
  fault.atMost('errors', 0, wrong.length, '');
});
