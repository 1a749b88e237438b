import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'next-auth/jwt';
import { onTestFinished } from 'vitest';
import { nextGroupNumber } from '@/db/group-number';
import { nextJoinNumber } from '@/db/join-number';
import { lockRows } from '@/db/lock-rows';
import type { Locker } from '@/db/locker';
import { openStore } from '@/db/open-store';
import { conversations, members, messages, signIns, users } from '@/db/schema';
import { sessionCookie } from '@/lib/auth/session-cookie';
import type { Clock } from '@/lib/clock';
import { assembleDeps } from '@/lib/composition-root';
import { directPairOf } from '@/lib/conversations/direct-pair';
import { type AppDeps, setDeps } from '@/lib/deps';
import { readEnv } from '@/lib/env';
import type { Route } from '@/lib/http/define-route';
import { type ConversationId, type MessageId, makeId, type UserId } from '@/lib/ids';
import { makeLog } from '@/lib/log';
import { makeWebhookReader } from '@/lib/media/livekit-webhook';
import type { Audience, Wake } from '@/lib/realtime/bus';
import { foldName } from '@/lib/users/fold-name';
import type { Viewer } from '@/lib/viewer';
import { type FakeMediaServer, makeFakeMediaServer } from './fake-media-server';
import { runRoute } from './run-route';
import { makeTestDatabase } from './test-database';

/** A clock that only moves when a test says so; both its times start at the same moment. */
export type FakeClock = Clock & { advance(ms: number): void };

export function makeFakeClock(start = Date.UTC(2026, 0, 5, 12)): FakeClock {
  let time = start;
  return {
    now: () => time,
    wallNow: () => time,
    advance(ms) {
      time += ms;
    },
  };
}

export type RecordedWake = { who: Audience; what: Wake };

export type TestApp = {
  deps: AppDeps;
  clock: FakeClock;
  media: FakeMediaServer;
  /** Every wake since the start, oldest first; the real bus carries them, too. */
  wakes: RecordedWake[];
  /** People who count as online although no stream is open. */
  online: Set<UserId>;
  makeUser(name: string, more?: Partial<typeof users.$inferInsert>): Promise<Viewer>;
  makeConversation(
    kind: 'channel' | 'direct' | 'group',
    people: readonly Viewer[],
    title?: string,
  ): Promise<ConversationId>;
  say(author: Viewer, conversationId: ConversationId, text?: string): Promise<MessageId>;
  /** The sign-in cookie of this viewer, as a browser sends it. */
  cookieOf(viewer: Viewer): Promise<string>;
};

export const testApiKey = 'testkey';
export const testApiSecret = 'a-secret-for-tests-that-is-long-enough';
export const ownOrigin = 'http://localhost:3000';

/** On top of a test app's settings: a community with a public address, as `readEnv` lets it start. */
export const inPublic = {
  PARLEY_URL: 'https://talk.example.org',
  LIVEKIT_PUBLIC_URL: 'wss://media.example.org',
  LIVEKIT_API_SECRET: 'q8Zr3mVx71LsTw0bNc52KdYhPf94Gj6E',
};

/**
 * The real app around a fresh database, with time, media and who is online in the test's hands.
 *
 * @param lock as in `openStore`
 */
export async function makeTestApp(settings: Record<string, string> = {}, lock?: Locker): Promise<TestApp> {
  const dir = mkdtempSync(join(tmpdir(), 'parley-test-'));
  const { place, settings: where, giveBack } = await makeTestDatabase(dir);
  const env = readEnv({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    ...where,
    PARLEY_SECRET: 'another-secret-for-tests-0123456789',
    LIVEKIT_URL: 'ws://media.test',
    LIVEKIT_API_KEY: testApiKey,
    LIVEKIT_API_SECRET: testApiSecret,
    ...settings,
  });
  const store = openStore(place, lock);
  const clock = makeFakeClock();
  const media = makeFakeMediaServer({ now: clock.now });
  const deps = assembleDeps({
    store,
    log: makeLog('silent'),
    env,
    clock,
    media,
    readWebhook: makeWebhookReader({ apiKey: testApiKey, apiSecret: testApiSecret }),
  });
  const { wakes, online } = watchRealtime(deps);
  setDeps(deps);
  onTestFinished(async () => {
    deps.closeRealtime();
    await store.close();
    await giveBack();
    rmSync(dir, { recursive: true, force: true });
  });
  return { deps, clock, media, wakes, online, ...makers(deps) };
}

function watchRealtime(deps: AppDeps) {
  const wakes: RecordedWake[] = [];
  const online = new Set<UserId>();
  const { bus, presence } = deps;
  deps.bus = {
    ...bus,
    publish(message) {
      if (message.type === 'wake') wakes.push({ who: message.who, what: message.what });
      return bus.publish(message);
    },
  };
  deps.presence = {
    ...presence,
    online: async (userIds) =>
      new Set([...(await presence.online(userIds)), ...userIds.filter((userId) => online.has(userId))]),
    shown: async (userIds) =>
      new Map(
        [...(await presence.shown(userIds))].map(([userId, { isOnline, revision }]) => {
          return [userId, { isOnline: isOnline || online.has(userId), revision }];
        }),
      ),
  };
  return { wakes, online };
}

function makers(deps: AppDeps): Pick<TestApp, 'makeUser' | 'makeConversation' | 'say' | 'cookieOf'> {
  return {
    makeUser: (name, more = {}) =>
      deps.transaction(async (tx) => {
        await lockRows(tx, { community: true });
        const userId = makeId('user');
        const signInId = makeId('signin');
        const createdAt = deps.clock.wallNow();
        await tx.insert(users).values({
          id: userId,
          username: name.toLowerCase(),
          displayName: name,
          sortName: foldName(name),
          passwordHash: 'unset',
          messagePermission: 'everyone',
          callPermission: 'everyone',
          joinNumber: await nextJoinNumber(tx),
          createdAt,
          ...more,
        });
        await tx.insert(signIns).values({ id: signInId, userId, createdAt });
        return { userId, signInId, isOperator: more.isOperator ?? false };
      }),

    makeConversation: (kind, people, title) =>
      deps.transaction(async (tx) => {
        await lockRows(tx, { community: true });
        const id = makeId('conv');
        const [first, second] = people;
        const now = deps.clock.wallNow();
        await tx.insert(conversations).values({
          id,
          kind,
          title: kind === 'direct' ? null : (title ?? kind),
          creatorId: kind === 'channel' ? null : (first?.userId ?? null),
          directPair: kind === 'direct' && first && second ? directPairOf(first.userId, second.userId) : null,
          groupNumber: kind === 'group' ? await nextGroupNumber(tx) : null,
          createdAt: now,
          lastActivityAt: now,
        });
        await tx
          .insert(members)
          .values(people.map(({ userId }) => ({ conversationId: id, userId, joinedAt: now })));
        return id;
      }),

    say: (author, conversationId, text = 'hello') =>
      deps.transaction(async (tx) => {
        const id = makeId('msg');
        const sentAt = deps.clock.wallNow();
        await tx.insert(messages).values({ id, conversationId, authorId: author.userId, text, sentAt });
        return id;
      }),

    async cookieOf(viewer) {
      const secret = deps.env.PARLEY_SECRET;
      const token = await encode({ token: { sub: viewer.userId, signInId: viewer.signInId }, secret });
      return `${sessionCookie(deps.env).name}=${token}`;
    },
  };
}

/** Asks a route as one of our own pages would: the viewer's cookie, same origin, a JSON body. */
export async function ask(
  app: TestApp,
  route: Route,
  viewer: Viewer | null,
  given: {
    method?: string;
    params?: Record<string, string>;
    query?: Record<string, string>;
    body?: unknown;
    headers?: Record<string, string>;
  } = {},
): Promise<Response> {
  const headers = new Headers({ 'sec-fetch-site': 'same-origin', ...given.headers });
  if (viewer) headers.set('cookie', await app.cookieOf(viewer));
  const hasBody = given.body !== undefined;
  if (hasBody && !headers.has('content-type')) headers.set('content-type', 'application/json');
  const request = new Request(`${ownOrigin}/api/test?${new URLSearchParams(given.query)}`, {
    method: given.method ?? (hasBody ? 'POST' : 'GET'),
    headers,
    ...(hasBody
      ? {
          body:
            typeof given.body === 'string' || given.body instanceof Uint8Array
              ? asBody(given.body)
              : JSON.stringify(given.body),
        }
      : {}),
  });
  return runRoute(route, request, given.params);
}

function asBody(body: string | Uint8Array): string | ArrayBuffer {
  return typeof body === 'string' ? body : new Uint8Array(body).buffer;
}
