import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../scripts/paths.mjs';
import { demoPassword } from '../support/people';
import { type RunningApp, startApp } from '../support/running-app';
import { signInAt, type WebPerson } from '../support/web-person';

let app: RunningApp;
/** What must not be in the logs, by what it is. */
const secrets = new Map<string, string>();

const newPassword = 'a password that was chosen just now';
const said = 'words for one other person only';

/** A run in which every secret is used, with the most talkative log. */
beforeAll(async () => {
  app = await startApp({ LOG_LEVEL: 'debug' }, 7);
  const made = JSON.parse(readFileSync(join(app.dataDir, 'secrets.json'), 'utf8'));
  secrets.set('the cookie secret', made.parleySecret);
  secrets.set("LiveKit's secret", made.livekitSecret);
  secrets.set('the demo password in a request that failed', 'parley-demo-wrong');
  secrets.set('a password', newPassword);
  secrets.set('a message', said);
  await signInAt(app.url, 'alice', 'parley-demo-wrong').catch(() => undefined);
  const alice = await signInAt(app.url, 'alice', demoPassword);
  const bob = await signInAt(app.otherUrl, 'bob', demoPassword);
  await makeACall(alice, bob);
  await useLinks(alice);
  await alice.request('PUT', '/api/me/password', { currentPassword: demoPassword, newPassword });
  await alice.request('POST', '/api/calls', `{"token": "${said}"`);
  for (const [who, person] of Object.entries({ Alice: alice, Bob: bob })) {
    for (const { name, value } of person.cookies()) secrets.set(`the cookie ${name} of ${who}`, value);
  }
  await app.stopJob();
}, 180_000);
afterAll(() => app?.stop());

async function makeACall(alice: WebPerson, bob: WebPerson) {
  const { conversations } = await (await alice.request('GET', '/api/conversations')).json();
  const direct = conversations.find((one: { kind: string }) => one.kind === 'direct');
  await alice.request('POST', `/api/conversations/${direct.id}/messages`, { text: said });
  const started = await (
    await alice.request('POST', '/api/calls', { conversationId: direct.id, clientId: 'tab-of-alice' })
  ).json();
  const accepted = await (
    await bob.request('POST', `/api/calls/${started.call.id}/accept`, { clientId: 'tab-of-bob' })
  ).json();
  secrets.set('the media token of a start', started.media.token);
  secrets.set('the media token of an accept', accepted.media.token);
  await bob.request('POST', `/api/calls/${started.call.id}/leave`, { clientId: 'tab-of-bob' });
}

async function useLinks(alice: WebPerson) {
  const invite = await (await alice.request('POST', '/api/operator/invites', {})).json();
  const token = new URL(invite.path, app.url).searchParams.get('invite') ?? '';
  secrets.set('an invite link', token);
  await fetch(`${app.url}${invite.path}`);
  await alice.request('POST', '/api/users', { username: 'nina', password: newPassword, invite: token });
}

describe('no log line of a whole run, with LOG_LEVEL=debug, holds', () => {
  test.each([
    'the cookie secret',
    "LiveKit's secret",
    'the demo password in a request that failed',
    'a password',
    'a message',
    'the cookie parley of Alice',
    'the cookie parley-known of Alice',
    'the cookie parley of Bob',
    'the cookie parley-known of Bob',
    'the media token of a start',
    'the media token of an accept',
    'an invite link',
  ])('%s', (what) => {
    const secret = secrets.get(what) ?? '';
    expect(secret.length).toBeGreaterThan(8);
    // A token's signature alone would be found, too.
    for (const part of [secret, ...secret.split('.').filter((one) => one.length > 30)]) {
      expect(app.output()).not.toContain(part);
    }
  });

  test('although the run was logged', () => {
    expect(app.output()).toContain('"level":"info"');
    expect(app.output()).toContain('callId');
  });
});

/** Names that only server code has: where one is, its code is. */
const serverOnly = [
  'PARLEY_SECRET',
  'LIVEKIT_API_SECRET',
  'PARLEY_METRICS_TOKEN',
  'password_hash',
  'passwordHash',
  'argon2id',
  'token_hash',
  'better-sqlite3',
  'create table',
];

test('no script or page that browsers load carries server code or a secret', () => {
  const built = join(root, process.env.PARLEY_DIST_DIR ?? '.next', 'static');
  const files = readdirSync(built, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  expect(files.length).toBeGreaterThan(10);
  for (const file of files) {
    const text = readFileSync(join(file.parentPath, file.name), 'latin1');
    for (const word of [...serverOnly, ...secrets.values()]) {
      expect(text.includes(word), `${word} in ${file.name}`).toBe(false);
    }
  }
});
