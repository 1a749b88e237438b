import { problemSchema } from '@parley/call-protocol';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AppError, say } from '@/lib/errors';
import { defineRoute } from '@/lib/http/define-route';
import { MediaUnavailable } from '@/lib/media/media-server';
import { ask, inPublic, makeTestApp, ownOrigin } from '../support/make-test-deps';
import { runRoute } from '../support/run-route';

const open = defineRoute({ access: 'anyone', body: z.object({ n: z.number() }), handle: ({ body }) => body });

const problemOf = async (response: Response) => {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  return problemSchema.parse(await response.json());
};

describe('where a change comes from', () => {
  it.each([
    ['same-origin', 200],
    ['same-site', 403],
    ['cross-site', 403],
    ['none', 403],
  ])('Sec-Fetch-Site %s is answered with %d', async (site, status) => {
    const app = await makeTestApp();
    const answer = await ask(app, open, null, { body: { n: 1 }, headers: { 'sec-fetch-site': site } });
    expect(answer.status).toBe(status);
  });

  it.each([
    [ownOrigin, 200],
    ['http://127.0.0.1:3000', 200],
    ['http://localhost:3001', 403],
    ['https://evil.example', 403],
    ['null', 403],
    [null, 403],
  ])('without Sec-Fetch-Site the Origin %s is answered with %d', async (origin, status) => {
    await makeTestApp();
    const headers = { 'content-type': 'application/json', ...(origin ? { origin } : {}) };
    const request = new Request(`${ownOrigin}/x`, { method: 'POST', headers, body: '{"n":1}' });
    const answer = await runRoute(open, request);
    expect(answer.status).toBe(status);
    if (status === 403) expect((await problemOf(answer)).code).toBe('foreign_origin');
  });

  it('is checked before a body is read and before anyone is asked who they are', async () => {
    const app = await makeTestApp();
    const route = defineRoute({ access: 'signed_in', body: z.object({}), handle: () => 'done' });
    const answer = await ask(app, route, null, { body: '{', headers: { 'sec-fetch-site': 'cross-site' } });
    expect((await problemOf(answer)).code).toBe('foreign_origin');
  });

  it('with a public address only that one is ours', async () => {
    const app = await makeTestApp(inPublic);
    expect([...app.deps.ownOrigins]).toEqual(['https://talk.example.org']);
  });
});

describe('who asks', () => {
  it('without a sign-in the answer is 401', async () => {
    const app = await makeTestApp();
    const route = defineRoute({ access: 'signed_in', handle: () => 'secret' });
    expect((await problemOf(await ask(app, route, null))).code).toBe('unauthenticated');
  });

  it("an operators' route does not exist for anyone else", async () => {
    const app = await makeTestApp();
    const route = defineRoute({ access: 'operator', handle: () => 'fine' });
    const alice = await app.makeUser('Alice', { isOperator: true });
    const bob = await app.makeUser('Bob');
    expect((await ask(app, route, alice)).status).toBe(200);
    expect((await problemOf(await ask(app, route, bob))).code).toBe('not_found');
  });

  it('an address that can be no id is not found, like one that does not exist', async () => {
    const app = await makeTestApp();
    const alice = await app.makeUser('Alice');
    const route = defineRoute({
      access: 'signed_in',
      params: z.object({ id: z.string().regex(/^x_/) }),
      handle: () => 'fine',
    });
    expect((await ask(app, route, alice, { params: { id: 'y_1' } })).status).toBe(404);
  });

  it('one person can change things 240 times a minute, and then waits', async () => {
    const app = await makeTestApp();
    const alice = await app.makeUser('Alice');
    const bob = await app.makeUser('Bob');
    const route = defineRoute({ access: 'signed_in', handle: () => 'fine' });
    for (let n = 0; n < 240; n++) expect((await ask(app, route, alice, { method: 'PUT' })).status).toBe(200);
    const answer = await ask(app, route, alice, { method: 'PUT' });
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await ask(app, route, alice)).status).toBe(200);
    expect((await ask(app, route, bob, { method: 'PUT' })).status).toBe(200);
  });
});

describe('what is said', () => {
  it('wrong fields are named', async () => {
    const app = await makeTestApp();
    const problem = await problemOf(await ask(app, open, null, { body: { n: 'one' } }));
    expect(problem).toMatchObject({ code: 'invalid_input', status: 400 });
    expect(problem.detail).toContain('n:');
  });

  it.each([
    ['{"n":', 'application/json'],
    ['{"n":1}', 'text/plain'],
    ['n=1', 'application/x-www-form-urlencoded'],
  ])('%s as %s is refused as invalid', async (body, type) => {
    const app = await makeTestApp();
    const answer = await ask(app, open, null, { body, headers: { 'content-type': type } });
    expect((await problemOf(answer)).code).toBe('invalid_input');
  });

  it('no body counts as an empty object', async () => {
    const app = await makeTestApp();
    const route = defineRoute({
      access: 'anyone',
      body: z.object({ n: z.number().default(7) }),
      handle: ({ body }) => body,
    });
    expect(await (await ask(app, route, null, { method: 'POST' })).json()).toEqual({ n: 7 });
  });

  it('a body beyond 64 KiB is refused', async () => {
    const app = await makeTestApp();
    const answer = await ask(app, open, null, { body: ` ${'x'.repeat(64 * 1024)}` });
    expect((await problemOf(answer)).code).toBe('too_large');
  });

  it('a body without a stated length is read no further than the limit', async () => {
    await makeTestApp();
    let given = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        given += 16 * 1024;
        controller.enqueue(new Uint8Array(16 * 1024));
      },
    });
    const headers = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
    const request = new Request(ownOrigin, { method: 'POST', headers, body, duplex: 'half' } as RequestInit);
    expect((await runRoute(open, request)).status).toBe(413);
    expect(given).toBeLessThan(256 * 1024);
  });

  it('a prototype in the body reaches nothing', async () => {
    const app = await makeTestApp();
    const answer = await ask(app, open, null, { body: '{"n":1,"__proto__":{"isOperator":true}}' });
    expect(await answer.json()).toEqual({ n: 1 });
    expect(({} as { isOperator?: boolean }).isOperator).toBeUndefined();
  });
});

describe('what is answered', () => {
  const throwing = (error: unknown) =>
    defineRoute({
      access: 'anyone',
      handle: () => {
        throw error;
      },
    });

  it('every response names its request, is not cached, and runs no scripts', async () => {
    const app = await makeTestApp();
    for (const route of [open, throwing(new AppError('not_found'))]) {
      const answer = await ask(app, route, null, { body: { n: 1 } });
      expect(answer.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    }
  });

  it('an error carries its sentence, its code, its extras and the id of the request', async () => {
    const app = await makeTestApp();
    const route = throwing(new AppError('call_ended', 'server.youLeftCall', { callId: 'call_1' }));
    const answer = await ask(app, route, null);
    expect(await answer.json()).toEqual({
      type: 'about:blank',
      title: 'This call has ended',
      status: 409,
      detail: 'You left this call.',
      code: 'call_ended',
      callId: 'call_1',
      requestId: answer.headers.get('x-request-id'),
    });
  });

  it('an error speaks the language of the request: the choice in Settings, else the browser’s', async () => {
    const app = await makeTestApp();
    const full = throwing(new AppError('invalid_input', say('server.groupIsFull', { count: 25 })));
    const detailFor = async (route: typeof open, headers: Record<string, string>) => {
      const problem = await (await ask(app, route, null, { headers })).json();
      return [problem.title, problem.detail];
    };
    const german = { 'accept-language': 'fr, de-AT;q=0.8, en;q=0.5' };
    expect(await detailFor(full, german)).toEqual([
      'Something in the request is not right',
      'Eine Gruppe hat höchstens 25 Personen.',
    ]);
    const chosen = { ...german, cookie: 'a=b; parley-language=en' };
    expect((await detailFor(full, chosen))[1]).toBe('A group has at most 25 people.');
    expect((await detailFor(throwing(new AppError('not_found')), german))[1]).toBe('Nicht gefunden');
  });

  it('the details of a fault of our own are not sent', async () => {
    const app = await makeTestApp();
    const answer = await ask(app, throwing(new Error('the key is 1234')), null);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('1234');
  });

  it.each([
    [Object.assign(new Error('locked'), { code: 'SQLITE_BUSY' }), 'busy'],
    [Object.assign(new Error('full'), { code: 'SQLITE_FULL' }), 'busy'],
    [new MediaUnavailable(), 'media_unavailable'],
  ])('%s becomes 503 %s with a time to come back', async (error, code) => {
    const app = await makeTestApp();
    const answer = await ask(app, throwing(error), null);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('2');
    expect((await problemOf(answer)).code).toBe(code);
  });

  it('a handler without an answer is 204', async () => {
    const app = await makeTestApp();
    const route = defineRoute({ access: 'anyone', handle: async () => undefined });
    expect((await ask(app, route, null)).status).toBe(204);
  });
});
