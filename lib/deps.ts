import 'server-only';
import { touchUsers } from '@/db/revision';
import type { Store } from '@/db/store';
import { ownOrigins } from '@/lib/auth/own-origins';
import { viewerFromRequest } from '@/lib/auth/session';
import { reachRings } from '@/lib/calls/confirm-ring';
import { type MediaWork, makeMediaWork } from '@/lib/calls/media-work';
import { readCall, readLiveCalls } from '@/lib/calls/read-calls';
import { type Clock, systemClock } from '@/lib/clock';
import { readConversation, readConversations } from '@/lib/conversations/read-conversations';
import { readMessage } from '@/lib/conversations/read-messages';
import { callTimesOf, type Env } from '@/lib/env';
import type { UserId } from '@/lib/ids';
import type { Log } from '@/lib/log';
import { makeLiveKitMediaServer } from '@/lib/media/livekit-media-server';
import { makeWebhookReader, type WebhookReader } from '@/lib/media/livekit-webhook';
import type { MediaServer } from '@/lib/media/media-server';
import { protocolVersion } from '@/lib/protocol';
import { type Hub, makeHub } from '@/lib/realtime/hub';
import type { Readers } from '@/lib/realtime/snapshot';
import type { Realtime } from '@/lib/realtime/wake';
import { readCommunity, readRevision } from '@/lib/users/read-community';
import { readMe } from '@/lib/users/read-me';
import { readUsers } from '@/lib/users/read-users';
import type { Viewer } from '@/lib/viewer';

/** Durations that the operator can set, in milliseconds (CALLS.md, "Ringing" and "Ending"). */
export type CallTimes = { ringTimeoutMs: number; rejoinTimeoutMs: number };

/** What every command gets first. */
export type Deps = Store & {
  media: MediaServer;
  /** What LiveKit is asked to do after a commit, and no answer waits for. */
  mediaWork: MediaWork;
  realtime: Realtime;
  clock: Clock;
  log: Log;
  times: CallTimes;
  /** Reads for the streams and the first page, each for one viewer. */
  readers: Readers;
  /** Who this request comes from, or null: the cookie names a sign-in that is not revoked. */
  viewerOf: (request: Request) => Promise<Viewer | null>;
  /** Verifies a LiveKit webhook; throws AppError('unauthenticated'). */
  readWebhook: WebhookReader;
  /** The origins our own pages come from, for the same-origin check. */
  ownOrigins: ReadonlySet<string>;
  env: Env;
};

/** The same with the hub itself, which only the event route and the boot need. */
export type AppDeps = Deps & { hub: Hub };

// Next compiles boot, routes and pages into separate copies of this module: one object for all.
const kept = globalThis as typeof globalThis & { __parleyDeps?: AppDeps };

/** What `boot` made; throws before that. */
export function deps(): AppDeps {
  if (!kept.__parleyDeps) throw new Error('the server has not booted yet');
  return kept.__parleyDeps;
}

/** Keeps what `boot` made, for the whole process; the bundler's copies of this file share it. */
export function setDeps(made: AppDeps): void {
  kept.__parleyDeps = made;
}

/** The composition root: puts the real rooms together. */
export function makeDeps(env: Env, store: Store, log: Log): AppDeps {
  const keys = { apiKey: env.LIVEKIT_API_KEY, apiSecret: env.LIVEKIT_API_SECRET };
  const publicUrl = env.LIVEKIT_PUBLIC_URL ?? env.LIVEKIT_URL;
  const { wallNow } = systemClock;
  const media = makeLiveKitMediaServer({ url: env.LIVEKIT_URL, publicUrl, wallNow, ...keys });
  return assembleDeps({
    store,
    log,
    env,
    clock: systemClock,
    media,
    readWebhook: makeWebhookReader({ ...keys, livekitNow: () => wallNow() + media.clockOffsetMs() }),
  });
}

/** The same around given edges; tests pass a fake clock and a fake media server. */
export function assembleDeps(edges: {
  store: Store;
  log: Log;
  env: Env;
  clock: Clock;
  media: MediaServer;
  readWebhook: WebhookReader;
}): AppDeps {
  const { store, env, log } = edges;
  const hub: Hub = makeHub({
    log,
    now: () => made.clock.now(),
    readers: () => made.readers,
    onReach: (userId) => reachRings(made, userId),
    onPresence: (userIds) => announcePresence(made, userIds),
  });
  const made: AppDeps = {
    ...store,
    media: edges.media,
    mediaWork: makeMediaWork(() => made.media),
    readWebhook: edges.readWebhook,
    realtime: hub,
    hub,
    clock: edges.clock,
    log,
    env,
    times: callTimesOf(env),
    ownOrigins: ownOrigins(env),
    viewerOf: async (request) => {
      const viewer = await viewerFromRequest(store.db, env, request);
      if (viewer) hub.heard(viewer.signInId);
      return viewer;
    },
    readers: {
      snapshot: async ({ userId }) => ({
        protocolVersion,
        community: await readCommunity(store.db),
        me: await readMe(store.db, userId),
        users: await readUsers(made, userId),
        conversations: await readConversations(made, userId),
        calls: await readLiveCalls(made, userId),
      }),
      call: ({ userId }, id) => readCall(made, userId, id),
      conversation: ({ userId }, id) => readConversation(made, userId, id),
      message: ({ userId }, id) => readMessage(made, userId, id),
      users: ({ userId }, ids) => readUsers(made, userId, ids),
      me: ({ userId }) => readMe(store.db, userId),
      community: () => readCommunity(store.db),
      revision: () => readRevision(store.db),
    },
  };
  return made;
}

async function announcePresence(deps: Deps, userIds: UserId[]): Promise<void> {
  await deps.transaction((tx) => touchUsers(tx, userIds));
  deps.realtime.wake('everyone', { users: userIds });
}
