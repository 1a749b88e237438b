import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type ApiPerson, makePeople } from '../support/api-people';
import { faultCase } from '../support/fault-case';
import { sharedApp } from '../support/shared-app';

const fault = faultCase(40);

/** Resident memory of the app's process, in MB. */
function memoryMb(pid: number): number {
  const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  if (!line) throw new Error(`process ${pid} shows no memory`);
  return Number(line[1]) / 1024;
}

/** In these the heap grows to the size that the work needs; what leaks grows with every round after. */
const warmUpRounds = 5;

const deep = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

it('nonsense is refused, and the process stays alive and small', async () => {
  const app = sharedApp();
  const [alice, bob] = (await makePeople(app, ['Alice', 'Bob'])) as [ApiPerson, ApiPerson];
  const opened = await alice.ask('POST', '/api/conversations', { userIds: [bob.userId] });
  const path = `/api/conversations/${(opened.body as { id: string }).id}/messages`;
  const send = async (body: string) => {
    const answer = await fetch(`${app.url}${path}`, {
      method: 'POST',
      body,
      headers: { cookie: alice.cookie, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' },
    });
    await answer.text();
    return answer.status;
  };
  fault.did('malformed, deep, polluted and 10 MB bodies, ten times each, judged over the last five');
  const seen: Record<string, Set<number>> = {};
  const memory: number[] = [];
  for (let n = 0; n < warmUpRounds + 5; n += 1) {
    const bodies = {
      'half of JSON': '{"text":',
      'not JSON': 'hello',
      'no object': '[1,2,3]',
      null: 'null',
      'deep nesting': deep(5000),
      'deep array': `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
      'wrong type': '{"text":{"$gt":""}}',
      'lone surrogate': '{"text":"\\ud800"}',
      '10 MB': `{"text":"${'x'.repeat(10 * 1024 * 1024)}"}`,
    };
    for (const [name, body] of Object.entries(bodies)) {
      seen[name] ??= new Set();
      seen[name].add(await send(body));
    }
    memory.push(memoryMb(app.appPid));
  }
  // Of three rounds the least: the rest is garbage that is still to be collected.
  const before = Math.min(...memory.slice(warmUpRounds - 3, warmUpRounds));
  fault.atMost('memory gained', 50, Math.round(Math.min(...memory.slice(-3)) - before), 'MB');
  expect(Object.fromEntries(Object.entries(seen).map(([name, statuses]) => [name, [...statuses]]))).toEqual({
    'half of JSON': [400],
    'not JSON': [400],
    'no object': [400],
    null: [400],
    'deep nesting': [400],
    'deep array': [400],
    'wrong type': [400],
    // Half a character alone shows nothing.
    'lone surrogate': [400],
    '10 MB': [413],
  });

  expect(
    await send('{"text":"polluted","__proto__":{"isOperator":true},"constructor":{"prototype":{"x":1}}}'),
  ).toBe(201);
  expect((await alice.ask('GET', '/api/operator')).status).toBe(404);
  const me = await alice.ask('GET', '/api/me');
  expect(me.body).toMatchObject({ isOperator: false });
  expect(me.body).not.toHaveProperty('x');
});
