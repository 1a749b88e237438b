import { expect, test, vi } from 'vitest';
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
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  });
const problem = (code: string, status: number, extra = {}, headers = {}) =>
  json(
    { type: 'about:blank', title: 'A title', detail: 'A sentence.', status, code, requestId: 'r', ...extra },
    status,
    { 'content-type': 'application/problem+json', ...headers },
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

test('path, headers and credentials are the app’s own', async () => {
  const asked: [string, RequestInit | undefined][] = [];
  let token = 'first';
  const client = createCallClient({
    baseUrl: 'https://calls.example.org',
    path: '/v1/calls',
    headers: () => ({ authorization: `Bearer ${token}` }),
    credentials: 'omit',
    fetch: async (url, init) => {
      asked.push([String(url), init]);
      return json({ call: callView() });
    },
  });
  await client.get('call_1');
  token = 'second';
  await client.decline('call_1');
  expect(asked.map(([url]) => url)).toEqual([
    'https://calls.example.org/v1/calls/call_1',
    'https://calls.example.org/v1/calls/call_1/decline',
  ]);
  expect(asked.map(([, init]) => init?.credentials)).toEqual(['omit', 'omit']);
  expect(asked.map(([, init]) => new Headers(init?.headers).get('authorization'))).toEqual([
    'Bearer first',
    'Bearer second',
  ]);
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

const page = (status: number) =>
  new Response('<!doctype html><h1>Sign in</h1>', { status, headers: { 'content-type': 'text/html' } });

test.each<[string, () => Response]>([
  ['401 with a page', () => page(401)],
  ['401 with JSON of its own', () => json({ error: 'unauthorized' }, 401)],
  ['403 with a problem without our code', () => problem('forbidden', 403)],
  [
    'a problem whose status is another',
    () => json({ code: 'unauthenticated' }, 403, { 'content-type': 'application/problem+json' }),
  ],
  ['404', () => page(404)],
  ['502', () => page(502)],
  ['a page with 200', () => page(200)],
])('what something between answers counts as no answer: %s', async (_, answer) => {
  const { client } = network(answer(), answer(), answer());
  for (const asking of [client.get('call_1'), client.accept('call_1', {}), client.decline('call_1')])
    expect((await refused(asking)).code).toBe('network');
});

test('a leave that something between swallows is sent again until it comes through', async () => {
  const { client, sent } = network(page(200), page(403), json({ call: callView() }));
  expect((await client.leave('call_1', { clientId: 'tab' }))?.id).toBe('call_1');
  expect(sent).toHaveLength(3);
});

test('an answer that makes no sense is an error, not a call', async () => {
  const { client } = network(json({ call: { id: 'call_1' } }));
  expect((await refused(client.accept('call_1', {}))).code).toBe('internal');
});

test('a leave is tried again until an answer comes, also that of a start', async () => {
  const leaving = network(lost(), lost(), json({ call: callView() }));
  expect((await leaving.client.leave('call_1', { clientId: 'tab' }))?.id).toBe('call_1');
  expect(leaving.sent).toHaveLength(3);
  const early = network(lost(), new Response(null, { status: 204 }));
  await early.client.leaveByRequest('req', { clientId: 'tab' });
  expect(early.sent.map((request) => request.body)).toEqual([
    { requestId: 'req', clientId: 'tab' },
    { requestId: 'req', clientId: 'tab' },
  ]);
});

test('enter and decline are sent once: their callers know how long they are wanted', async () => {
  const { client, sent } = network(...Array.from({ length: 5 }, lost));
  await refused(client.start({ conversationId: 'conv_1' }, { requestId: 'req' }));
  await refused(client.accept('call_1', {}));
  await refused(client.join('call_1', {}));
  await refused(client.move('call_1', {}));
  await refused(client.decline('call_1'));
  expect(sent).toHaveLength(5);
});

test('a command that is not answered within ten seconds counts as unanswered', async () => {
  vi.useFakeTimers();
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    const giveUp = new AbortController();
    setTimeout(() => giveUp.abort(), ms);
    return giveUp.signal;
  });
  const client = createCallClient({
    fetch: (_url, init) => new Promise((_, reject) => init?.signal?.addEventListener('abort', reject)),
  });
  const asking = refused(client.accept('call_1', {}));
  await vi.advanceTimersByTimeAsync(10_000);
  expect((await asking).code).toBe('network');
  vi.restoreAllMocks();
  vi.useRealTimers();
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
