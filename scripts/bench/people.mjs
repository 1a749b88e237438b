import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { encode } from 'next-auth/jwt';
import { foldName } from '../../lib/users/fold-name.ts';
import { readSecrets } from '../secrets.mjs';
import { writeRows } from './write-rows.mjs';

/**
 * @typedef {{ url: string, dataDir: string }} ServedApp
 * @typedef {{ id: string, clientId: string, cookie: string }} Person signed in, with one tab
 * @typedef {{ until: (part: string) => Promise<number>, close: () => void }} Listener `until` resolves with the moment at
 *   which the stream sent this text; asked before it can come
 */

/** Ports of its own, so that journeys may run beside a measurement: `startApp`'s second argument. */
export const benchSlot = 12;

/** One connection for each that is open, and kept: what connecting costs is not measured. */
const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
const newId = (/** @type {string} */ prefix) => `${prefix}_${randomUUID().replaceAll('-', '')}`;

/**
 * Writes into the running app's database, in one transaction.
 * @template T
 * @param {ServedApp} app
 * @param {(database: import('better-sqlite3').Database) => T} work
 * @returns {T}
 */
export function seed(app, work) {
  const database = new Database(join(app.dataDir, 'parley.db'), { timeout: 30_000 });
  try {
    return database.transaction(() => work(database))();
  } finally {
    database.close();
  }
}

/**
 * Makes so many people with a sign-in each: registering and signing in are limited by address, and not what is measured.
 * @param {import('./write-rows.mjs').ServedApp} app
 * @param {number} count
 * @returns {Promise<Person[]>}
 */
export async function seedPeople(app, count) {
  const made = Array.from({ length: count }, () => ({ id: newId('user'), signInId: newId('signin') }));
  await writeRows(app, async ({ numberOf, insert }) => {
    const first = await numberOf('select coalesce(max(join_number), 0) + 1 from users');
    const now = Date.now();
    await insert(
      'users',
      made.map(({ id }, at) => ({
        id,
        username: id.slice(-12),
        display_name: `Person ${at}`,
        sort_name: foldName(`Person ${at}`),
        password_hash: 'unset',
        message_permission: 'everyone',
        call_permission: 'everyone',
        join_number: first + at,
        created_at: now,
      })),
    );
    await insert(
      'sign_ins',
      made.map(({ id, signInId }) => ({ id: signInId, user_id: id, created_at: now })),
    );
  });
  const secret = readSecrets(app.dataDir).parleySecret;
  return Promise.all(
    made.map(async ({ id, signInId }) => ({
      id,
      clientId: `tab-1-${id.slice(-12)}`,
      cookie: `parley=${await encode({ token: { sub: id, signInId }, secret })}`,
    })),
  );
}

/**
 * Makes a conversation of these people.
 * @param {ServedApp} app
 * @param {'channel' | 'group'} kind
 * @param {readonly Person[]} people
 * @returns {string} its id
 */
export function seedConversation(app, kind, people) {
  return seed(app, (database) => {
    const id = newId('conv');
    const number = database
      .prepare('select coalesce(max(group_number), 0) + 1 from conversations')
      .pluck()
      .get();
    database
      .prepare(
        `insert into conversations (id, kind, title, creator_id, group_number, created_at, last_activity_at)
         values (?, ?, 'Bench', ?, ?, ?, ?)`,
      )
      .run(
        id,
        kind,
        kind === 'group' ? people[0]?.id : null,
        kind === 'group' ? number : null,
        Date.now(),
        Date.now(),
      );
    const add = database.prepare(
      'insert into members (conversation_id, user_id, joined_at) values (?, ?, ?)',
    );
    for (const person of people) add.run(id, person.id, Date.now());
    return id;
  });
}

/**
 * Asks as one of the app's own pages does; throws unless it is allowed.
 * @param {string} url
 * @param {string} method
 * @param {{ cookie?: string, body?: unknown }} [given]
 * @returns {Promise<string>} the answer's body
 */
export function ask(url, method, { cookie = '', body } = {}) {
  const { promise, resolve, reject } = Promise.withResolvers();
  const asked = request(
    url,
    { method, agent, headers: headersFor(cookie, body !== undefined) },
    (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (piece) => (text += piece));
      response.on('end', () => {
        if ((response.statusCode ?? 500) < 300) resolve(text);
        else reject(new Error(`${method} ${url} was answered ${response.statusCode}: ${text.slice(0, 300)}`));
      });
    },
  );
  asked.on('error', reject);
  asked.end(body === undefined ? undefined : JSON.stringify(body));
  return promise;
}

const headersFor = (/** @type {string} */ cookie, /** @type {boolean} */ hasBody) => ({
  cookie,
  'sec-fetch-site': 'same-origin',
  ...(hasBody && { 'content-type': 'application/json' }),
});

/**
 * Opens an event stream and resolves with its first bytes.
 * @param {string} url of the stream
 * @param {string} [cookie]
 * @param {() => void} [onHeartbeat]
 * @returns {Promise<Listener>}
 */
export function listen(url, cookie = '', onHeartbeat = () => {}) {
  const { promise, resolve, reject } = Promise.withResolvers();
  /** @type {Map<string, (at: number) => void>} */
  const awaited = new Map();
  const asked = request(url, { agent, headers: headersFor(cookie, false) }, (response) => {
    if (response.statusCode !== 200)
      return reject(new Error(`the stream was answered ${response.statusCode}`));
    // Text that is awaited may come in two pieces.
    let end = '';
    response.setEncoding('utf8');
    response.on('data', (piece) => {
      resolve({
        until: (part) => {
          // What came before does not count.
          if (awaited.size === 0) end = '';
          return new Promise((found) => awaited.set(part, found));
        },
        close: () => asked.destroy(),
      });
      if (piece.includes('event: heartbeat')) onHeartbeat();
      if (awaited.size === 0) return;
      const text = end + piece;
      for (const [part, found] of awaited) {
        if (!text.includes(part)) continue;
        awaited.delete(part);
        found(performance.now());
      }
      end = text.slice(-200);
    });
    response.on('error', () => {});
  });
  asked.on('error', reject);
  asked.end();
  return promise;
}
