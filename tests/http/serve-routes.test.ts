import { createServer, request as sendRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { Answer } from '@/lib/http/answer';
import { clientAddress } from '@/lib/http/client-address';
import { defineRoute } from '@/lib/http/define-route';
import type { Routes } from '@/lib/http/find-route';
import { serveRoutes } from '@/lib/http/serve-routes';
import { routes } from '@/lib/routes/registry';
import { makeTestApp, type TestApp } from '../support/make-test-deps';
import { waitFor } from '../support/wait-for';

/** The routes behind a real server; what is not theirs is answered as Next would. */
async function serve(app: TestApp, served: Routes) {
  const serveOurs = serveRoutes(served, app.deps);
  const server = createServer((message, response) => {
    if (!serveOurs(message, response)) response.end(`next: ${message.url}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const own = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };

it('other addresses are Next’s, as they can be decoded', async () => {
  const origin = await serve(await makeTestApp(), routes);
  for (const path of ['/', '/messages/%E2%82%AC', '/api/auth/csrf', '/api/nothing'])
    expect(await (await fetch(origin + path)).text()).toBe(`next: ${path}`);
  expect(await (await fetch(`${origin}/messages/%ff`)).text()).toBe('next: /messages/%EF%BF%BD');
});

it('a method that a route lacks is 405 with those it has; OPTIONS names them', async () => {
  const origin = await serve(await makeTestApp(), routes);
  const wrong = await fetch(`${origin}/api/me/password`, { method: 'DELETE' });
  expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'OPTIONS, PUT']);
  expect((await fetch(`${origin}/api/me/password`, { method: 'OPTIONS' })).status).toBe(204);
  expect((await fetch(`${origin}/api/health/live`, { method: 'HEAD' })).status).toBe(200);
  expect((await fetch(`${origin}/api/events`, { method: 'HEAD' })).status).toBe(405);
});

it('a route learns the address of the connection, whatever the client says it is', async () => {
  const app = await makeTestApp();
  const whereFrom = defineRoute({
    access: 'anyone',
    handle: ({ request }) => ({ from: clientAddress(request.headers, app.deps.env) }),
  });
  const origin = await serve(app, { 'GET /api/from': whereFrom });
  const answer = await fetch(`${origin}/api/from`, { headers: { 'x-parley-peer': '203.0.113.9' } });
  expect(await answer.json()).toEqual({ from: '127.0.0.1' });
});

it('a query may hold question marks', async () => {
  const echo = defineRoute({
    access: 'anyone',
    query: z.object({ text: z.string() }),
    handle: ({ query }) => query,
  });
  const origin = await serve(await makeTestApp(), { 'GET /api/echo': echo });
  const answer = await fetch(`${origin}/api/echo?text=who?what`);
  expect(await answer.json()).toEqual({ text: 'who?what' });
});

it('a body beyond the limit is answered, whether its length was stated or not, and the connection goes on', async () => {
  const echo = defineRoute({
    access: 'anyone',
    body: z.object({ n: z.number() }),
    handle: ({ body }) => body,
  });
  const origin = await serve(await makeTestApp(), { 'POST /api/echo': echo });
  const long = 'x'.repeat(10_000_000);
  const stated = await fetch(`${origin}/api/echo`, { method: 'POST', headers: own, body: long });
  expect(stated.status).toBe(413);
  const body = new Blob([long]).stream();
  const init = { method: 'POST', headers: own, body, duplex: 'half' } as RequestInit;
  expect((await fetch(`${origin}/api/echo`, init)).status).toBe(413);
  const right = await fetch(`${origin}/api/echo`, { method: 'POST', headers: own, body: '{"n":1}' });
  expect(await right.json()).toEqual({ n: 1 });
});

it('a long answer is compressed for clients that can read it', async () => {
  const long = defineRoute({ access: 'anyone', handle: () => ({ text: 'x'.repeat(10_000) }) });
  const origin = await serve(await makeTestApp(), { 'GET /api/long': long });
  const bytesFor = (headers: Record<string, string>) =>
    new Promise<Buffer>((resolve, reject) => {
      sendRequest(`${origin}/api/long`, { headers }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => resolve(Buffer.concat(parts)));
      })
        .on('error', reject)
        .end();
    });
  const plain = await bytesFor({});
  const packed = await bytesFor({ 'accept-encoding': 'gzip, br' });
  expect(packed.length).toBeLessThan(plain.length / 10);
  expect(gunzipSync(packed).equals(plain)).toBe(true);
});

it('a cookie of each kind is set, and an answer without content says so', async () => {
  const two = defineRoute({
    access: 'anyone',
    handle: () => new Answer(204, null, { 'set-cookie': ['a=1', 'b=2'] }),
  });
  const origin = await serve(await makeTestApp(), { 'GET /api/two': two });
  const answer = await fetch(`${origin}/api/two`);
  expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([204, 'no-store']);
});

it('a stream reaches its client, and its end reaches the app', async () => {
  const app = await makeTestApp();
  const alice = await app.makeUser('Alice');
  const origin = await serve(app, routes);
  const leaving = new AbortController();
  const answer = await fetch(`${origin}/api/events`, {
    headers: { cookie: await app.cookieOf(alice) },
    signal: leaving.signal,
  });
  expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let heard = '';
  while (!heard.includes('event: snapshot')) heard += (await reader?.read())?.value;
  expect(heard.startsWith('retry: 1000\n\n')).toBe(true);
  expect(app.deps.fanOut.count()).toBe(1);
  leaving.abort();
  await waitFor('the end of the stream', () => app.deps.fanOut.count() === 0, 5000);
});
