import { expect, it, onTestFinished } from 'vitest';
import { entered, missedBy } from '../support/api-people';
import { faultCase } from '../support/fault-case';
import { openMediaBrowser } from '../support/media-browser';
import { fourPeople, isWhole, ownServerSet, stopHolder, triggersOf } from '../support/own-server-set';
import { byJobs, readHealth } from '../support/server-set';
import { waitFor } from '../support/wait-for';

const fault = faultCase(56);
const ringMs = 15_000;

it('the server that does the jobs stands still and goes on: no deadline twice, and no call ended by it', async () => {
  const set = await ownServerSet();
  const browser = await openMediaBrowser(`ws://127.0.0.1:${set.app.livekitPort}`);
  onTestFinished(() => browser.close());
  const [alice, bob, carol, dave] = await fourPeople(set);
  const { other: awake } = await byJobs(set);
  const running = await carol.at(awake).call(dave);
  const answered = entered(await dave.at(awake).accept(running.call.id));
  for (const { media } of [running, answered]) await browser.join(media.token);
  const [his, daves] = [await bob.at(awake).listen(), await dave.at(awake).listen()];
  const { call } = await alice.at(awake).call(bob);
  const startedAt = performance.now();

  fault.did('SIGSTOP to the server that does the jobs');
  const { holder, other, wake, takenOverMs } = await stopHolder(set);
  fault.within('the other server does the jobs', 5000, takenOverMs);
  const endedAt = await his.until('the deadline', () => his.call(call.id)?.status !== 'ringing', 30_000);
  fault.within('error of the ring’s deadline', 1000, Math.abs(endedAt - startedAt - ringMs));
  const before = await triggersOf(set, running.call.id);

  fault.did('SIGCONT');
  wake();
  const awakeAt = performance.now();
  await isWhole(set, 20_000);
  expect([await readHealth(holder), await readHealth(other)].map((health) => health?.doesJobs)).toEqual([
    false,
    true,
  ]);
  fault.within('it knows that another does the jobs', 5000, performance.now() - awakeAt);
  // Its streams are right, so it has caught up, and a look at LiveKit by it would have come by then.
  const sleepers = await dave.at(holder).listen();
  expect(sleepers.call(running.call.id)?.status).toBe('active');
  const looks = async () => {
    const metrics = await fetch(`${other.url}/api/metrics`).then((answer) => answer.text());
    return Number(/^parley_reconcile_duration_seconds_count (\d+)/m.exec(metrics)?.[1]);
  };
  const seen = await looks();
  await waitFor('two more looks of the other', async () => (await looks()) >= seen + 2, 30_000);
  expect(daves.call(running.call.id)?.status).toBe('active');
  expect(await triggersOf(set, running.call.id)).toEqual(before);
  expect((await missedBy(bob)).map(({ outcome }) => outcome)).toEqual(['missed']);
  const passed = (await triggersOf(set, call.id)).filter((trigger) => trigger === 'time_passed');
  fault.atMost('times that the deadline was judged', 1, passed.length, '');
  for (const one of [bob, dave]) one.close();
});
