import { expect, it, onTestFinished } from 'vitest';
import { makePeople } from '../support/api-people';
import { ApiStream } from '../support/api-stream';
import { faultCase } from '../support/fault-case';
import { startLineProxy } from '../support/fault-proxy';
import { ownApp } from '../support/own-app';
import { presenceOn } from '../support/presence-on';
import { waitFor } from '../support/wait-for';

const fault = faultCase(43);
const names = (word: string, count: number) => Array.from({ length: count }, (_, n) => `${word}${n}`);

it('200 people drop and return at once: no other stream closes, and presence is right within 10 s', async () => {
  const app = await ownApp();
  const [crowd, others] = [
    await makePeople(app, names('Crowd', 200)),
    await makePeople(app, names('Other', 70)),
  ];
  const line = await startLineProxy(app.port);
  onTestFinished(() => line.close());
  const behindProxy = () =>
    Promise.all(crowd.map(({ cookie }) => ApiStream.open(`http://127.0.0.1:${line.port}`, cookie)));
  const crowdIds = crowd.map(({ userId }) => userId);
  const streams = await Promise.all(others.map((person) => person.listen()));
  const views = streams.map((stream) => presenceOn(stream, crowdIds));
  const seenByAll = (presence: 'online' | 'offline') => () => views.every((isSeen) => isSeen(presence));

  let open = await behindProxy();
  await waitFor('everyone online', seenByAll('online'), 20_000);
  fault.did('the proxy of 200 people goes down');
  line.drop();
  // A person is shown as offline after 3 s.
  const away = await waitFor('everyone offline', seenByAll('offline'), 20_000);
  fault.within('all 200 shown offline', 10_000, away);
  expect(open.every((stream) => stream.isOver)).toBe(true);

  fault.did('the proxy is back, and 200 people return at once');
  const since = performance.now();
  open = await behindProxy();
  await waitFor('everyone online again', seenByAll('online'), 20_000);
  fault.within('all 200 shown online', 10_000, performance.now() - since);
  fault.atMost('streams of others that closed', 0, streams.filter((stream) => stream.isOver).length, '');
  fault.atMost('streams of the 200 that closed', 0, open.filter((stream) => stream.isOver).length, '');
  for (const stream of open) stream.close();
  for (const person of others) person.close();
});
