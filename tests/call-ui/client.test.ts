import { expect, test } from 'vitest';
import { CallError, createCallClient } from '@/lib/call-ui/client';
import { callView } from './support/views';

type Sent = { url: string; method: string; body: unknown };

/** A network that gives these answers in turn; an Error means that no answer comes. */
function network(...answers: (Response | Error)[]) {
  const sent: Sent[] = [];
  const fake: typeof fetch = async (url, init) => {
    const body = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined;
    sent.push({ url: String(url), method: init?.method ?? 'GET', body });
    const answer = answers.shift();
    if (!answer) throw new Error('one request too many');
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { client: createCallClient({ fetch: fake, retryPausesMs: [0, 0] }), sent };
}

const json = (body: unknown, status = 200, headers = {}) =>
  new Response(JSON.stringify(body), { status, headers });
const problem = (code: string, status: number, extra = {}, headers = {}) =>
  json(
    { type: 'about:blank', title: 'A title', detail: 'A sentence.', status, code, requestId: 'r', ...extra },
    status,
    headers,
  );
const entered = () => json({ call: callView(), media: { url: 'ws://media', token: 't' } }, 201);
const lost = () => new TypeError('Failed to fetch');

async function refused(promise: Promise<unknown>): Promise<CallError> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof CallError)) throw new Error('a CallError was expected');
  return error;
}

test('a start names target, tab, request and the call it leaves', async () => {
  const { client, sent } = network(entered());
  const answer = await client.start(
    { userId: 'user_bob' },
    { clientId: 'tab', requestId: 'req', switchFrom: 'call_0' },
  );
  expect(answer.media.token).toBe('t');
  const body = { userId: 'user_bob', clientId: 'tab', requestId: 'req', switchFrom: 'call_0' };
  expect(sent).toEqual([{ url: '/api/calls', method: 'POST', body }]);
});

test('a refusal carries the server’s code and words', async () => {
  const { client } = network(problem('not_allowed', 403));
  const error = await refused(client.start({ userId: 'user_erin' }, {}));
  expect(error).toMatchObject({ code: 'not_allowed', title: 'A title', detail: 'A sentence.' });
});

test('an ended call comes with its final view', async () => {
  const call = callView({ status: 'ended', endReason: 'cancelled' });
  const { client } = network(problem('call_ended', 409, { call }));
  expect((await refused(client.accept('call_1', {}))).call?.endReason).toBe('cancelled');
});

test('being in another call names that call', async () => {
  const { client } = network(problem('already_in_call', 409, { callId: 'call_9' }));
  expect((await refused(client.join('call_1', {}))).callId).toBe('call_9');
});

test('a limit says how long to wait', async () => {
  const { client } = network(problem('rate_limited', 429, {}, { 'retry-after': '42' }));
  expect((await refused(client.ring('call_1', 'user_bob'))).retryAfterSeconds).toBe(42);
});

test('no answer is an error of its own, with words', async () => {
  const { client } = network(lost());
  const error = await refused(client.accept('call_1', {}));
  expect(error.code).toBe('network');
  expect(error.title).not.toBe('');
});

test('a proxy’s error page counts as no answer', async () => {
  const { client } = network(new Response('<h1>Bad gateway</h1>', { status: 502 }));
  expect((await refused(client.get('call_1'))).code).toBe('network');
});

test('an answer that makes no sense is an error, not a call', async () => {
  const { client } = network(json({ call: { id: 'call_1' } }));
  expect((await refused(client.accept('call_1', {}))).code).toBe('internal');
});

test('leave and decline are tried again until an answer comes', async () => {
  const leaving = network(lost(), lost(), json({ call: callView() }));
  expect((await leaving.client.leave('call_1', { clientId: 'tab' }))?.id).toBe('call_1');
  expect(leaving.sent).toHaveLength(3);
  const declining = network(lost(), new Response(null, { status: 204 }));
  expect(await declining.client.decline('call_1', { ringId: 'ring_1' })).toBeNull();
});

test('a start with a request id is tried again with the same id, one without is not', async () => {
  const safe = network(lost(), entered());
  await safe.client.start({ conversationId: 'conv_1' }, { requestId: 'req' });
  expect(safe.sent.map((request) => request.body)).toEqual([
    { conversationId: 'conv_1', requestId: 'req' },
    { conversationId: 'conv_1', requestId: 'req' },
  ]);
  const unsafe = network(lost(), entered());
  expect((await refused(unsafe.client.start({ conversationId: 'conv_1' }, {}))).code).toBe('network');
});

test('a refusal is not tried again', async () => {
  const { client, sent } = network(problem('not_found', 404));
  await refused(client.leave('call_1', {}));
  expect(sent).toHaveLength(1);
});

test('every command goes to its own address', async () => {
  const { client, sent } = network(
    ...Array.from({ length: 8 }, () => json({ call: callView(), media: { url: 'u', token: 't' } })),
  );
  await client.join('c/1', {});
  await client.move('c', {});
  await client.confirmRinging('c');
  await client.decline('c');
  await client.leaveByRequest('req', { clientId: 'tab' });
  await client.ring('c', 'u');
  await client.stopRing('c', 'u');
  await client.get('c');
  expect(sent.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'POST /api/calls/c%2F1/join',
    'POST /api/calls/c/move',
    'POST /api/calls/c/ringing',
    'POST /api/calls/c/decline',
    'POST /api/calls/leave',
    'POST /api/calls/c/ring',
    'POST /api/calls/c/stop-ring',
    'GET /api/calls/c',
  ]);
});
