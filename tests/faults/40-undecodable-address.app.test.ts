import { describe, expect, it } from 'vitest';
import { type Answer, type ApiPerson, makePeople } from '../support/api-people';
import { builtRoutes, withIds } from '../support/built-routes';
import { faultCase } from '../support/fault-case';
import { routeRules } from '../support/route-rules';
import { sharedApp } from '../support/shared-app';

const fault = faultCase(40);
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const undecodable = ['%ff%fe', '%', 'call_%zz', '%c3%28'];
const unknown = 'unknown_0000000000000000';

/** The route's address with this in the place of every parameter. */
const addressOf = (route: string, value: string) => route.replaceAll(/\[[^\]]+\]/g, value);
const isParametrised = (route: string) => route.includes('[');

/** What distinguishes one refusal from another. */
const traitsOf = ({ status, body, headers }: Answer) => ({
  status,
  type: headers.get('content-type'),
  problem: typeof body === 'object' && body !== null ? { ...body, requestId: '' } : null,
});

const routes = builtRoutes();

describe.each(routes.api.filter(isParametrised))('%s', (route) => {
  it('refuses an address that cannot be decoded as it refuses an unknown one', async () => {
    const [person] = (await makePeople(sharedApp(), ['Alice'])) as [ApiPerson];
    for (const method of methods) {
      const body = ['GET', 'HEAD', 'OPTIONS'].includes(method)
        ? undefined
        : (withIds(routeRules[route]?.[method]?.body, { conversationId: unknown, userId: unknown }) ?? {});
      const right = traitsOf(await person.ask(method, addressOf(route, unknown), body));
      for (const value of undecodable) {
        const answer = traitsOf(await person.ask(method, addressOf(route, value), body));
        expect(answer, `${method} ${addressOf(route, value)}`).toEqual(right);
      }
      const isServed = routeRules[route]?.[method] !== undefined;
      if (isServed) expect(right.status, `${method} ${route}`).toBe(404);
    }
    fault.did(`${methods.length} methods of ${route} with ${undecodable.length} addresses each`);
  });
});

it.each(routes.pages.filter(isParametrised))(
  'the page %s shows for an address that cannot be decoded what it shows for an unknown one',
  async (route) => {
    const app = sharedApp();
    const [person] = (await makePeople(app, ['Alice'])) as [ApiPerson];
    for (const headers of [{}, { rsc: '1' }]) {
      const right = (await person.ask('GET', addressOf(route, unknown), undefined, headers)).status;
      for (const value of undecodable) {
        const path = addressOf(route, value);
        expect((await person.ask('GET', path, undefined, headers)).status, path).toBe(right);
        const stranger = await fetch(`${app.url}${path}`, { redirect: 'manual', headers });
        await stranger.body?.cancel();
        expect(stranger.status, `${path} without a sign-in`).toBe(307);
      }
    }
  },
);
