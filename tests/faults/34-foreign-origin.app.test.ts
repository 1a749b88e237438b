import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { type ApiPerson, codeOf, makePeople } from '../support/api-people';
import { withIds } from '../support/built-routes';
import { faultCase } from '../support/fault-case';
import { routeRules } from '../support/route-rules';
import { sharedApp } from '../support/shared-app';

const fault = faultCase(34);

/**
 * A fingerprint of everything stored about these ids, and of how much there is of what people make.
 * Revisions are left out, and what other cases left behind: people go offline and rings end by time.
 */
function contentsOf(dataDir: string, ids: readonly string[]): string {
  const connection = new Database(join(dataDir, 'parley.db'), { readonly: true });
  try {
    const hash = createHash('sha256');
    const names = connection
      .prepare(`select name from sqlite_master where type = 'table' order by name`)
      .pluck()
      .all();
    for (const table of names) {
      const rows = connection.prepare(`select * from "${table}"`).all() as Record<string, unknown>[];
      if (/^(users|links|sign_ins|blocks|conversations|members)$/.test(String(table)))
        hash.update(`${table}: ${rows.length}`);
      for (const { revision: _, ...row } of rows) {
        const text = JSON.stringify(row);
        if (ids.some((id) => text.includes(id))) hash.update(text);
      }
    }
    return hash.digest('hex');
  } finally {
    connection.close();
  }
}

const origins: [string, Record<string, string>][] = [
  ['a foreign Origin', { origin: 'https://evil.example' }],
  ['Origin null', { origin: 'null' }],
  ['no Origin at all', {}],
  ['another port of this host', { origin: 'http://localhost:1' }],
  ['Sec-Fetch-Site cross-site', { 'sec-fetch-site': 'cross-site' }],
  ['Sec-Fetch-Site same-site with our Origin', { 'sec-fetch-site': 'same-site', origin: 'OWN' }],
  ['Sec-Fetch-Site none', { 'sec-fetch-site': 'none' }],
];

it('no change of any route goes through from elsewhere, and nothing is written', async () => {
  const app = sharedApp();
  const [alice, bob] = (await makePeople(app, ['Alice', 'Bob'])) as [ApiPerson, ApiPerson];
  const opened = await alice.ask('POST', '/api/conversations', { userIds: [bob.userId] });
  const ids = {
    conversationId: (opened.body as { id: string }).id,
    callId: 'call_1',
    messageId: 'msg_1',
    userId: bob.userId,
    linkId: 'link_1',
    '...nextauth': 'callback/credentials',
  };
  const about = [alice.userId, bob.userId, ids.conversationId];
  const before = contentsOf(app.dataDir, about);
  let asked = 0;
  for (const [route, rules] of Object.entries(routeRules)) {
    if (route === '/api/livekit/webhook') continue; // proved by its signature: case 28
    for (const [method, rule] of Object.entries(rules)) {
      if (method === 'GET') continue;
      for (const [from, given] of origins) {
        const headers = {
          cookie: alice.cookie,
          'content-type': 'application/json',
          ...given,
          ...(given.origin === 'OWN' && { origin: app.url }),
        };
        const answer = await fetch(`${app.url}${withIds(route, ids)}`, {
          method,
          headers,
          body: JSON.stringify(withIds(rule.body, ids) ?? {}),
        });
        asked += 1;
        expect(answer.status, `${method} ${route} with ${from}`).toBe(403);
        expect(((await answer.json()) as { code: string }).code).toBe('foreign_origin');
      }
    }
  }
  fault.did(`${asked} changes from elsewhere with a valid cookie`);
  fault.atMost('writes', 0, contentsOf(app.dataDir, about) === before ? 0 : 1, 'writes');
});

it.each([
  ['text/plain', '{"text":"hello"}'],
  ['application/x-www-form-urlencoded', 'text=hello'],
  [
    'multipart/form-data; boundary=x',
    '--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nhello\r\n--x--',
  ],
])('a form of another site, sent as %s, is refused with 403', async (type, body) => {
  const app = sharedApp();
  const [alice, bob] = (await makePeople(app, ['Alice', 'Bob'])) as [ApiPerson, ApiPerson];
  const opened = await alice.ask('POST', '/api/conversations', { userIds: [bob.userId] });
  const about = [alice.userId, bob.userId];
  const before = contentsOf(app.dataDir, about);
  const answer = await fetch(`${app.url}/api/conversations/${(opened.body as { id: string }).id}/messages`, {
    method: 'POST',
    body,
    headers: { cookie: alice.cookie, 'content-type': type, 'sec-fetch-site': 'cross-site', origin: 'null' },
  });
  expect(answer.status).toBe(403);
  expect(contentsOf(app.dataDir, about)).toBe(before);
});

it('even from our own pages only JSON is read', async () => {
  const [alice, bob] = (await makePeople(sharedApp(), ['Alice', 'Bob'])) as [ApiPerson, ApiPerson];
  const opened = await alice.ask('POST', '/api/conversations', { userIds: [bob.userId] });
  const path = `/api/conversations/${(opened.body as { id: string }).id}/messages`;
  const answer = await alice.ask('POST', path, { text: 'hello' }, { 'content-type': 'text/plain' });
  expect(answer.status).toBe(400);
  expect(codeOf(answer)).toBe('invalid_input');
});
