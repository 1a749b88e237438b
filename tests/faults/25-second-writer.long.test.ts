import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { type ApiPerson, codeOf, makePeople } from '../support/api-people';
import { faultCase } from '../support/fault-case';
import { ownApp } from '../support/own-app';

const fault = faultCase(25);

it('while another process holds the database for 10 s, writes fail with 503 in time, and reads and streams go on', async () => {
  const app = await ownApp();
  const [alice, bob] = (await makePeople(app, ['Alice', 'Bob'])) as [ApiPerson, ApiPerson];
  const opened = await alice.ask('POST', '/api/conversations', { userIds: [bob.userId] });
  const path = `/api/conversations/${(opened.body as { id: string }).id}/messages`;
  const stream = await bob.listen();
  const count = async () => ((await alice.ask('GET', path)).body as { messages: unknown[] }).messages.length;
  expect(await count()).toBe(0);

  const intruder = new Database(join(app.dataDir, 'parley.db'));
  intruder.exec('BEGIN IMMEDIATE');
  fault.did('another process takes the write lock');
  const takenAt = performance.now();

  const writes = Promise.all(
    ['one', 'two', 'three', 'four'].map((text) => alice.ask('POST', path, { text })),
  );
  const start = alice.ask('POST', '/api/calls', { userId: bob.userId, clientId: alice.tab() });
  for (let n = 0; n < 5; n += 1) {
    const read = await bob.ask('GET', '/api/conversations');
    expect(read.status).toBe(200);
    fault.within('a read meanwhile', 500, read.ms);
  }
  for (const answer of [...(await writes), await start]) {
    expect(answer.status).toBe(503);
    expect(codeOf(answer)).toBe('busy');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    fault.within('a write was refused', 6000, answer.ms);
  }
  // A later one that fits into the rest of the ten seconds is simply done.
  const late = alice.ask('POST', path, { text: 'later' });
  const restMs = 10_000 - (performance.now() - takenAt);
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, restMs)));
  intruder.exec('ROLLBACK');
  intruder.close();
  fault.did('and gives it back after 10 s');
  expect([201, 503]).toContain((await late).status);

  expect((await alice.ask('POST', path, { text: 'after' })).status).toBe(201);
  const expected = (await late).status === 201 ? 2 : 1;
  expect(await count(), 'nothing of a refused write is there').toBe(expected);
  expect(stream.isOver).toBe(false);
  await stream.until('the message', () => stream.heard.some(({ event }) => event.type === 'message'), 2000);
  for (const one of [alice, bob]) one.close();
});
