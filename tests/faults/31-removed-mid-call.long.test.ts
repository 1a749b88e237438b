import { expect, it, onTestFinished } from 'vitest';
import { type ApiPerson, entered, makePeople } from '../support/api-people';
import type { ApiStream } from '../support/api-stream';
import { faultCase } from '../support/fault-case';
import { openMediaBrowser } from '../support/media-browser';
import { ownApp } from '../support/own-app';
import type { RunningApp } from '../support/running-app';

const fault = faultCase(31);

async function mediaFor(app: RunningApp) {
  const browser = await openMediaBrowser(`ws://127.0.0.1:${app.livekitPort}`);
  onTestFinished(() => browser.close());
  return browser;
}

/** Measures until the connection is cut and the view gone, both from `since`. */
async function expectGone(
  what: string,
  since: number,
  media: { waitForCutOff(): Promise<unknown> },
  stream: ApiStream,
  callId: string,
) {
  await Promise.all([
    media.waitForCutOff().then(() => fault.within(`${what}: media cut`, 2000, performance.now() - since)),
    stream
      .until('the view’s end', () => stream.isOver || stream.call(callId) === undefined, 5000)
      .then((at) => fault.within(`${what}: view gone`, 2000, at - since)),
  ]);
}

it('removed from the group or suspended mid-call: media and view are removed within 2 s, then 404', async () => {
  const app = await ownApp({ CALL_RING_SECONDS: '60' });
  const browser = await mediaFor(app);
  const [alice, bob, carol, dave] = (await makePeople(app, ['Alice', 'Bob', 'Carol', 'Dave'])) as [
    ApiPerson,
    ApiPerson,
    ApiPerson,
    ApiPerson,
  ];
  const [operator] = (await makePeople(app, ['Olga'], { isOperator: true })) as [ApiPerson];
  const made = await alice.ask('POST', '/api/conversations', {
    userIds: [bob.userId, carol.userId, dave.userId],
  });
  const conversationId = (made.body as { id: string }).id;
  const started = entered(await alice.ask('POST', '/api/calls', { conversationId, clientId: alice.tab() }));
  const id = started.call.id;
  await browser.join(started.media.token);
  const bobs = await browser.join(entered(await bob.accept(id)).media.token);
  const carols = await browser.join(entered(await carol.accept(id)).media.token);
  await browser.join(entered(await dave.accept(id)).media.token);
  const [bobsView, carolsView] = [await bob.listen(), await carol.listen()];

  fault.did('Alice removes Bob from the group mid-call');
  let at = performance.now();
  const removed = await alice.ask('DELETE', `/api/conversations/${conversationId}/members/${bob.userId}`);
  expect(removed.status).toBe(204);
  await expectGone('removed', at, bobs, bobsView, id);
  expect((await bob.ask('GET', `/api/calls/${id}`)).status).toBe(404);
  expect((await bob.ask('GET', `/api/conversations/${conversationId}`)).status).toBe(404);
  expect((await bob.accept(id)).status).toBe(404);

  fault.did('the operator suspends Carol mid-call');
  at = performance.now();
  const suspended = await operator.ask('PUT', `/api/operator/people/${carol.userId}/suspension`);
  expect(suspended.status).toBeLessThan(300);
  await expectGone('suspended', at, carols, carolsView, id);
  expect((await carol.ask('GET', `/api/calls/${id}`)).status).toBe(401);

  const end = await alice.ask('GET', `/api/calls/${id}`);
  expect((end.body as { call: { status: string } }).call.status).toBe('active');
  for (const one of [alice, bob, carol]) one.close();
});

it('blocked in a direct call: the call ends, the media is cut, and the conversation stays', async () => {
  const app = await ownApp({ CALL_RING_SECONDS: '60' });
  const browser = await mediaFor(app);
  const [alice, bob] = (await makePeople(app, ['Alice', 'Bob'])) as [ApiPerson, ApiPerson];
  const started = await alice.call(bob);
  await browser.join(started.media.token);
  const bobs = await browser.join(entered(await bob.accept(started.call.id)).media.token);
  const his = await bob.listen();

  fault.did('Alice blocks Bob mid-call');
  const at = performance.now();
  expect((await alice.ask('PUT', `/api/users/${bob.userId}/block`)).status).toBe(204);
  await Promise.all([
    bobs.waitForCutOff().then(() => fault.within('blocked: media cut', 2000, performance.now() - at)),
    his
      .until('the end', () => his.call(started.call.id)?.status === 'ended', 5000)
      .then((endedAt) => fault.within('blocked: the call ended', 2000, endedAt - at)),
  ]);
  const kept = await bob.ask('GET', `/api/conversations/${started.call.conversation.id}`);
  expect(kept.status).toBe(200);
  expect((await bob.ask('GET', `/api/calls/${started.call.id}`)).status).toBe(200);
  const refused = await bob.ask('POST', '/api/calls', { userId: alice.userId, clientId: bob.tab() });
  expect(refused.status).toBe(403);
  for (const one of [alice, bob]) one.close();
});
