import { expect, it } from 'vitest';
import { type ApiPerson, makePeople } from '../support/api-people';
import { faultCase } from '../support/fault-case';
import { sharedApp } from '../support/shared-app';

const fault = faultCase(35);

const tricks: [string, Record<string, string>][] = [
  ['x-middleware-subrequest', { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' }],
  [
    'x-middleware-subrequest of src',
    { 'x-middleware-subrequest': 'src/middleware:src/middleware:src/middleware' },
  ],
  ['x-middleware-prefetch', { 'x-middleware-prefetch': '1' }],
  ['next-router-prefetch', { 'next-router-prefetch': '1' }],
  ['RSC', { rsc: '1' }],
  ['RSC prefetch', { rsc: '1', 'next-router-prefetch': '1' }],
  ['RSC segment prefetch', { rsc: '1', 'next-router-segment-prefetch': '/_tree' }],
  ['x-original-url', { 'x-original-url': '/login', 'x-rewrite-url': '/login' }],
  ['x-forwarded-host', { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' }],
  ['x-parley-peer', { 'x-parley-peer': '127.0.0.1' }],
  ['Authorization', { authorization: 'Bearer x' }],
];

const isNothing = (text: string) => text === '' || text === '{}';

async function secretOf(app: ReturnType<typeof sharedApp>) {
  const [alice, bob, carol] = (await makePeople(app, ['Alice', 'Bob', 'Carol'])) as [
    ApiPerson,
    ApiPerson,
    ApiPerson,
  ];
  const made = await alice.ask('POST', '/api/conversations', {
    userIds: [bob.userId, carol.userId],
    title: 'Under the rose',
  });
  return (made.body as { id: string }).id;
}

it.each(tricks)('with %s a page is as closed as without', async (name, headers) => {
  const app = sharedApp();
  const id = await secretOf(app);
  fault.did(`page of ${id} asked for without a sign-in, with ${name}`);
  for (const path of [`/messages/${id}`, `/messages/${id}?_rsc=abc`, '/messages', '/settings', '/operator']) {
    const answer = await fetch(`${app.url}${path}`, { headers });
    const text = await answer.text();
    expect(text, path).not.toContain('Under the rose');
    // Next's router gets its redirect inside the answer; a browser as a status that fetch follows.
    const isSentToForm = new URL(answer.url).pathname === '/login' || text.includes('/login');
    if (isSentToForm || isNothing(text)) continue;
    // A prefetch gets the bare shape of the page: the same for what does not exist.
    const nowhere = `conv_${'0'.repeat(32)}`;
    const other = await fetch(`${app.url}${path.replace(id, nowhere)}`, { headers });
    expect((await other.text()).replaceAll(nowhere, id), path).toBe(text);
    expect(text, path).not.toContain('displayName');
  }
});

it.each(tricks)('with %s the API answers the same 401 and 404', async (_, headers) => {
  const app = sharedApp();
  const id = await secretOf(app);
  const [stranger] = (await makePeople(app, ['Stranger'])) as [ApiPerson];
  for (const path of [`/api/conversations/${id}`, `/api/conversations/${id}?_rsc=abc`]) {
    const anonymous = await fetch(`${app.url}${path}`, { headers });
    const other = await fetch(`${app.url}${path}`, { headers: { ...headers, cookie: stranger.cookie } });
    expect([anonymous.status, other.status]).toEqual([401, 404]);
  }
});

it.each([
  '.rsc',
  '.txt',
  '.json',
  '/index',
  '%2f..%2fapi',
  '/__next._tree.txt',
  '.segments/_tree.segment.rsc',
])('the address with %s shows nothing either', async (suffix) => {
  const app = sharedApp();
  const id = await secretOf(app);
  for (const path of [`/messages/${id}${suffix}`, `/api/conversations/${id}${suffix}`]) {
    const answer = await fetch(`${app.url}${path}`, { redirect: 'manual' });
    expect(await answer.text()).not.toContain('Under the rose');
  }
});
