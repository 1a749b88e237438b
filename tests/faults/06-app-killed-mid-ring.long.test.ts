import { expect, it } from 'vitest';
import { type ApiPerson, makePeople, missedBy } from '../support/api-people';
import { faultCase } from '../support/fault-case';
import { killApp, ownApp } from '../support/own-app';
import { waitFor } from '../support/wait-for';

const fault = faultCase(6);

async function ringingIn(ringSeconds: number) {
  const app = await ownApp({ CALL_RING_SECONDS: String(ringSeconds) });
  const [alice, bob] = (await makePeople(app, ['Alice', 'Bob'])) as [ApiPerson, ApiPerson];
  const { call } = await alice.call(bob);
  return { app, alice, bob, id: call.id, startedAt: performance.now() };
}

it('kill -9 of the app mid-ring: after the restart the ring goes on with the deadline that it had', async () => {
  const { app, bob, id, startedAt } = await ringingIn(60);
  fault.did(`SIGKILL to the app (process ${app.pids().app}) while ${id} rings`);
  await killApp(app);
  await app.startAgain();
  const his = await bob.listen();
  const left = his.call(id)?.myRing?.msLeft ?? 0;
  fault.within(
    'error of the deadline after the restart',
    1000,
    Math.abs(60_000 - (performance.now() - startedAt) - left),
  );
  bob.close();
});

it('and when the deadline passed meanwhile there is exactly one missed call', async () => {
  const { app, bob, id, startedAt } = await ringingIn(15);
  fault.did(
    `SIGKILL to the app (process ${app.pids().app}) while ${id} rings; it stays down beyond the deadline`,
  );
  await killApp(app);
  await waitFor('the deadline', () => performance.now() - startedAt > 15_500, 20_000);
  await app.startAgain();
  const his = await bob.listen();
  expect(his.call(id)?.myRing ?? null).toBeNull();
  const missed = await missedBy(bob);
  fault.atMost('missed calls', 1, missed.length, 'entries');
  expect(missed.map((entry) => entry.outcome)).toEqual(['missed']);
  bob.close();
});
