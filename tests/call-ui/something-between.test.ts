import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { browser, problem } from './support/browser';
import { snapshot } from './support/views';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const page = '<!doctype html><title>Sign in to the network</title>';
const html = { 'content-type': 'text/html' };
test.each<[string, () => Response]>([
  ['401 without a body', () => new Response(null, { status: 401 })],
  ['401 with a page', () => new Response(page, { status: 401, headers: html })],
  ['401 with JSON of its own', () => Response.json({ error: 'unauthorized' }, { status: 401 })],
  ['401 with a problem of its own', () => problem('expired_token', 401)],
  ['403', () => problem('unauthenticated', 403)],
  [
    '502 and asks to wait',
    () => new Response(page, { status: 502, headers: { ...html, 'retry-after': '3600' } }),
  ],
  ['a page with 200', () => new Response(page, { headers: html })],
  ['204', () => new Response(null, { status: 204 })],
])(
  'a proxy that responds with %s signs no person out, and the stream reconnects afterwards',
  async (_, answer) => {
    const { server, tab, settle } = browser();
    const only = tab();
    await settle();
    server.lines[0]?.say('snapshot', snapshot());
    await settle();
    server.answerWith(answer);
    server.lines[0]?.cut();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([only.types(), only.source.state()]).toEqual([['snapshot'], 'lost']);
    server.answerWith(null);
    await vi.advanceTimersByTimeAsync(5000);
    expect(server.lines).toHaveLength(2);
    expect(only.source.state()).toBe('open');
  },
);

test('a refusal that says how long to wait is obeyed, also when another tab asks whether the stream is there', async () => {
  const { server, tab, settle } = browser();
  const only = tab();
  await settle();
  tab();
  server.answerWith(() => problem('rate_limited', 429, { 'retry-after': '30' }));
  server.lines[0]?.cut();
  await vi.advanceTimersByTimeAsync(500);
  expect(server.askedAt).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(20_000);
  await vi.advanceTimersByTimeAsync(9000);
  expect(server.askedAt).toHaveLength(2);
  server.answerWith(null);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(server.lines).toHaveLength(2);
  expect(only.types()).toEqual([]);
});
