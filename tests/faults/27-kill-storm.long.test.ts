import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { type ApiPerson, makePeople } from '../support/api-people';
import { faultCase } from '../support/fault-case';
import { seeded } from '../support/fault-proxy';
import { killApp, ownApp } from '../support/own-app';
import { waitFor } from '../support/wait-for';

const fault = faultCase(27);
const kills = Number(process.env.FAULT_KILLS ?? 100);
const seed = Number(process.env.FAULT_SEED ?? Math.floor(Math.random() * 2 ** 31));

it(`kill -9 of the app ${kills} times in a storm of writes loses nothing that was acknowledged (seed ${seed})`, async () => {
  const app = await ownApp();
  const random = seeded(seed);
  const people = await makePeople(app, ['Ann', 'Ben', 'Cid', 'Dot', 'Eve', 'Fay']);
  const [ann, ...others] = people as [ApiPerson, ...ApiPerson[]];
  const paths: string[] = [];
  for (const other of others) {
    const opened = await ann.ask('POST', '/api/conversations', { userIds: [other.userId] });
    paths.push(`/api/conversations/${(opened.body as { id: string }).id}/messages`);
  }
  const acknowledged = new Set<string>();
  let refused = 0;

  for (let round = 0; round < kills; round += 1) {
    let isOver = false;
    const storm = others.map(async (person, at) => {
      for (let n = 0; n < 200 && !isOver; n += 1) {
        // A dead process refuses connections: that is no acknowledgement.
        const answer = await person.ask('POST', paths[at] ?? '', { text: `${round}/${n}` }).catch(() => null);
        if (answer?.status === 201) acknowledged.add((answer.body as { id: string }).id);
        else refused += 1;
      }
    });
    const target = acknowledged.size + 1 + Math.floor(random() * 40);
    await waitFor('the storm', () => acknowledged.size >= target, 30_000);
    fault.did(
      `SIGKILL ${round + 1} to the app (process ${app.pids().app}), ${acknowledged.size} writes acknowledged`,
    );
    await killApp(app);
    isOver = true;
    await Promise.all(storm);
    await app.startAgain();
  }

  const file = new Database(join(app.dataDir, 'parley.db'), { readonly: true });
  const stored = new Set(file.prepare('select id from messages').pluck().all());
  expect(file.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(file.pragma('foreign_key_check')).toEqual([]);
  file.close();
  const lost = [...acknowledged].filter((id) => !stored.has(id));
  console.log(`${acknowledged.size} acknowledged, ${refused} refused`);
  expect(acknowledged.size).toBeGreaterThan(kills * 5);
  fault.atMost(`acknowledged writes lost in ${kills} kills`, 0, lost.length, 'writes');
});
