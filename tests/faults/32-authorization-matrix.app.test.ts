import { describe, expect, it } from 'vitest';
import { routes } from '@/lib/routes/registry';
import { type Answer, type ApiPerson, entered, makePeople } from '../support/api-people';
import { builtRoutes, withIds } from '../support/built-routes';
import { faultCase } from '../support/fault-case';
import { pageRules, routeRules } from '../support/route-rules';
import { type SharedApp, sharedApp } from '../support/shared-app';

const fault = faultCase(32);
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

const missing: Record<string, string> = {
  conversationId: 'conv_0000000000000000',
  callId: 'call_0000000000000000',
  messageId: 'msg_0000000000000000',
  userId: 'user_0000000000000000',
  linkId: 'link_0000000000000000',
  deviceId: 'device_0000000000000000',
  ringId: 'ring_0000000000000000',
  name: 'nothing.webp',
  '...nextauth': 'providers',
};

type World = {
  ids: Record<string, string>;
  member: ApiPerson;
  people: { stranger: ApiPerson; exMember: ApiPerson };
};

/** A group with a live call and a message; requests about a person are about Dora, a member outside the call. */
async function makeWorld(app: SharedApp): Promise<World> {
  const [creator, member, dora, exMember, stranger] = (await makePeople(app, [
    'Creator',
    'Member',
    'Dora',
    'Gone',
    'Stranger',
  ])) as [ApiPerson, ApiPerson, ApiPerson, ApiPerson, ApiPerson];
  const made = await creator.ask('POST', '/api/conversations', {
    userIds: [member.userId, dora.userId, exMember.userId],
    title: 'Matrix',
  });
  const conversationId = (made.body as { id: string }).id;
  const said = await creator.ask('POST', `/api/conversations/${conversationId}/messages`, { text: 'secret' });
  const { call } = entered(
    await creator.ask('POST', '/api/calls', { conversationId, clientId: creator.tab() }),
  );
  await creator.ask('DELETE', `/api/conversations/${conversationId}/members/${exMember.userId}`);
  return {
    ids: {
      conversationId,
      callId: call.id,
      messageId: (said.body as { id: string }).id,
      userId: dora.userId,
      linkId: 'link_1111111111111111',
      deviceId: 'device_1111111111111111',
      ringId: 'ring_1111111111111111',
      name: 'nothing.webp',
      '...nextauth': 'providers',
    },
    member,
    people: { stranger, exMember },
  };
}

/** Everything in a response that could reveal something, without what differs every time. */
function traitsOf({ status, body }: Answer): unknown {
  return { status, body: typeof body === 'object' ? { ...body, requestId: '' } : body };
}

const anonymous = (app: SharedApp, method: string, path: string, body: unknown) =>
  fetch(`${app.url}${path}`, {
    method,
    redirect: 'manual',
    headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' },
    ...(body !== undefined && method !== 'GET' && { body: JSON.stringify(body) }),
  });

it('every route of the build has a rule, and every rule a route', () => {
  expect(builtRoutes().api.sort()).toEqual(Object.keys(routeRules).sort());
  expect(builtRoutes().pages.sort()).toEqual(Object.keys(pageRules).sort());
});

it('every route of the registry is guarded as its rule says', () => {
  for (const [name, { guards }] of Object.entries(routes)) {
    const [method = '', route = ''] = name.split(' ');
    const rule = routeRules[route]?.[method];
    // Membership is what a command checks.
    expect(guards.access, name).toBe(rule?.who === 'member' ? 'signed_in' : rule?.who);
    expect(guards.originCheck ?? 'own', name).toBe(route === '/api/livekit/webhook' ? 'none' : 'own');
  }
});

it('what a route does not do is 405 for everyone', async () => {
  const app = sharedApp();
  const { member, ids } = await makeWorld(app);
  for (const [route, rules] of Object.entries(routeRules)) {
    for (const method of methods.filter((name) => !rules[name])) {
      const answer = await member.ask(method, withIds(route, ids));
      expect([405, 404], `${method} ${route}`).toContain(answer.status);
      if (answer.status === 404) expect(route).toBe('/api/auth/[...nextauth]');
    }
  }
});

describe.each(Object.entries(routeRules))('%s', (route, rules) => {
  it.each(Object.entries(rules))('%s is for whom it should be', async (method, rule) => {
    const app = sharedApp();
    const { ids, member, people } = await makeWorld(app);
    const path = withIds(route, ids);
    const body = method === 'GET' ? undefined : withIds(rule.body, ids);
    if (rule.who !== 'anyone') {
      const answer = await anonymous(app, method, path, body);
      expect(answer.status, `anonymous ${method} ${route}`).toBe(401);
      await answer.body?.cancel();
    }
    if (rule.who === 'operator' || rule.who === 'member') {
      // The viewer's own rights are not looked up by an id that another user's thing could have.
      const nowhere = withIds(route, missing);
      const nothing = method === 'GET' ? undefined : withIds(rule.body, missing);
      for (const [who, person] of Object.entries(people)) {
        const real = traitsOf(await person.ask(method, path, body));
        const absent = traitsOf(await person.ask(method, nowhere, nothing));
        expect(real, `${who} ${method} ${route}: forbidden and missing differ`).toEqual(absent);
        expect(real, `${who} ${method} ${route}`).toMatchObject({ status: 404 });
      }
      fault.did(`${method} ${route}: 401 anonymous, 404 stranger and ex-member, same as missing`);
    }
    if (rule.who === 'member') {
      const { status } = await member.ask(method, path, body);
      const expected = rule.memberGets;
      if (expected) expect(status, `member ${method} ${route}`).toBe(expected);
      else expect(status, `member ${method} ${route}`).toBeLessThan(300);
    }
    if (rule.who === 'operator') {
      const [operator] = (await makePeople(app, ['Operator'], { isOperator: true })) as [ApiPerson];
      // Things that do not exist are enough to see whether the viewer may ask.
      const harmless = withIds(route, missing);
      const answer = await operator.ask(method, harmless, method === 'GET' ? undefined : {});
      if (harmless === route && method === 'GET') expect(answer.status).toBe(200);
      else expect([200, 201, 204, 400, 404]).toContain(answer.status);
      if (harmless === route) expect(answer.status).not.toBe(404);
    }
  });
});

it.each(Object.entries(pageRules).filter(([, rule]) => rule.who !== 'anyone'))(
  'page %s redirects a visitor without a sign-in to the form, and shows a stranger nothing of others',
  async (route, rule) => {
    const app = sharedApp();
    const { ids, people } = await makeWorld(app);
    const path = withIds(route, ids);
    const answer = await anonymous(app, 'GET', path, undefined);
    expect([307, 308]).toContain(answer.status);
    expect(answer.headers.get('location')).toBe('/login');
    for (const person of Object.values(people)) {
      const shown = await person.ask('GET', path);
      expect(shown.status).toBe(rule.who === 'operator' ? 404 : 200);
      expect(String(shown.body)).not.toContain('Matrix');
      expect(String(shown.body)).not.toContain('secret');
    }
  },
);
