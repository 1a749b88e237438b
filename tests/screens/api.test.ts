import { afterEach, expect, test, vi } from 'vitest';
import { ApiError } from '@/app/_language/api-error';
import { api } from '@/app/(community)/_store/api';

afterEach(() => void vi.unstubAllGlobals());

const html = { 'content-type': 'text/html' };
const page = (status: number) => new Response('<!doctype html><h1>Sign in</h1>', { status, headers: html });
const problem = (code: string, status: number, headers = {}) =>
  Response.json(
    { type: 'about:blank', title: 'No', detail: 'A sentence.', status, code, requestId: 'r' },
    { status, headers: { 'content-type': 'application/problem+json', ...headers } },
  );

/** How marking something as read ends when this is the response. */
async function outcomeOf(response: Response): Promise<unknown> {
  vi.stubGlobal('fetch', async () => response);
  return api.markRead('conv_1', 7).catch((error: unknown) => error);
}

test.each<[string, () => Response]>([
  ['401 with a page', () => page(401)],
  ['401 with JSON of its own', () => Response.json({ error: 'unauthorized' }, { status: 401 })],
  ['403 with a problem without our code', () => problem('forbidden', 403)],
  ['502', () => page(502)],
  ['a page with 200', () => page(200)],
])('what something between answers is no response of ours: %s', async (_, response) => {
  expect(await outcomeOf(response())).toMatchObject({ code: 'offline' });
});

test('our own refusal comes with its code, its sentence and how long to wait', async () => {
  const error = await outcomeOf(problem('rate_limited', 429, { 'retry-after': '42' }));
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ code: 'rate_limited', message: 'A sentence.', retryAfterMs: 42_000 });
});

test('no content is success', async () => {
  expect(await outcomeOf(new Response(null, { status: 204 }))).toBeUndefined();
});
