import { expect, it } from 'vitest';
import { defineRoute } from '@/lib/http/define-route';
import { makeRouteFinder } from '@/lib/http/find-route';

const route = () => defineRoute({ access: 'anyone', handle: () => undefined });
const routes = {
  'GET /api/calls': route(),
  'POST /api/calls': route(),
  'POST /api/calls/leave': route(),
  'GET /api/calls/[callId]': route(),
  'POST /api/calls/[callId]/leave': route(),
  'GET /api/events': defineRoute({ access: 'anyone', isStream: true, handle: () => undefined }),
};
const find = makeRouteFinder(routes);

it.each([
  ['/api/calls', '/api/calls', {}],
  ['/api/calls/leave', '/api/calls/leave', {}],
  ['/api/calls/call_1', '/api/calls/[callId]', { callId: 'call_1' }],
  ['/api/calls/a%20b/leave', '/api/calls/[callId]/leave', { callId: 'a b' }],
  // A fixed segment that leads nowhere leaves the parameter its chance.
  ['/api/calls/leave/leave', '/api/calls/[callId]/leave', { callId: 'leave' }],
])('%s is %s', (path, pattern, params) => {
  expect(find(path)).toMatchObject({ pattern, params });
});

it.each([
  '/api',
  '/api/',
  '/api/calls/',
  '/api/calls//leave',
  '/api/calls/call_1/leave/more',
  '/api/other',
  '/',
])('%s is no route', (path) => {
  expect(find(path)).toBeNull();
});

it('each method has its own route, HEAD that of GET, and a stream no HEAD', () => {
  expect(find('/api/calls')?.byMethod.get('POST')).toBe(routes['POST /api/calls']);
  expect(find('/api/calls')?.byMethod.get('HEAD')).toBe(routes['GET /api/calls']);
  expect([...(find('/api/events')?.byMethod.keys() ?? [])]).toEqual(['GET']);
});
