import 'server-only';
import { protocolVersion } from '@parley/call-protocol';
import type { Store } from '@/db/store';
import { ownOrigins } from '@/lib/auth/own-origins';
import { readRevoked } from '@/lib/auth/read-revoked';
import { viewerFromRequest } from '@/lib/auth/session';
import { reachRings } from '@/lib/calls/commands/confirm-ring';
import { makeDeadlines, makeSharedDeadlines } from '@/lib/calls/deadlines';
import { makeMediaWork } from '@/lib/calls/media-work';
import { selectLiveParts } from '@/lib/calls/reads/live-parts';
import { readCallFor, readLiveCalls } from '@/lib/calls/reads/read-calls';
import { type Clock, systemClock } from '@/lib/clock';
import { readConversationFor, readConversations } from '@/lib/conversations/read-conversations';
import { readMessageFor } from '@/lib/conversations/read-messages';
import type { AppDeps } from '@/lib/deps';
import { callTimesOf, type Env } from '@/lib/env';
import { openFiles } from '@/lib/files/files.mjs';
import { watchFiles } from '@/lib/files/watch-files';
import { shareLimits } from '@/lib/http/rate-limit';
import type { UserId } from '@/lib/ids';
import { soleLease } from '@/lib/lease';
import type { Log } from '@/lib/log';
import { makeLiveKitMediaServer } from '@/lib/media/livekit-media-server';
import { makeWebhookReader, type WebhookReader } from '@/lib/media/livekit-webhook';
import type { MediaServer } from '@/lib/media/media-server';
import { loadPushKeys, type PushKeys } from '@/lib/push/push-keys';
import { makePushSignal } from '@/lib/push/push-signal';
import { namedInConversation } from '@/lib/realtime/named-people';
import { makeRealtime, type SharedParts } from '@/lib/realtime/realtime';
import type { Servers } from '@/lib/servers/join-servers';
import { readPeopleAtOnce } from '@/lib/users/people-at-once';
import { readCommunity, readCommunitySize } from '@/lib/users/read-community';
import { readMe, readMeFor } from '@/lib/users/read-me';
import { readUsersFor } from '@/lib/users/read-users';

/**
 * Puts the real modules together.
 *
 * @param servers null: this is the community's only server process
 */
export function makeDeps(env: Env, store: Store, log: Log, servers: Servers | null): AppDeps {
  const keys = { apiKey: env.LIVEKIT_API_KEY, apiSecret: env.LIVEKIT_API_SECRET };
  const publicUrl = env.LIVEKIT_PUBLIC_URL ?? env.LIVEKIT_URL;
  const { wallNow } = systemClock;
  const media = makeLiveKitMediaServer({ url: env.LIVEKIT_URL, publicUrl, wallNow, ...keys });
  return assembleDeps({
    store,
    log,
    env,
    clock: servers?.clock ?? systemClock,
    servers,
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
  servers?: Servers | null;
}): AppDeps {
  const { store, env, log, servers = null } = edges;
  const { bus, presence, fanOut, link, close } = makeRealtime({
    log,
    now: () => made.clock.now(),
    // Servers number presence by the time that they share.
    wallNow: () => (servers ? servers.clock.now() : made.clock.wallNow()),
    readers: () => made.readers,
    shared: servers ? sharedParts(servers) : undefined,
    onReach: (userId) => reachRings(made, userId),
  });
  const made: AppDeps = {
    ...store,
    media: edges.media,
    mediaWork: makeMediaWork(() => made.media),
    mediaNodes: servers ? 'several' : 'one',
    deadlines: link ? makeSharedDeadlines(link, () => made.lease.isHeld()) : makeDeadlines(),
    pushKeys: onceLoaded(() => loadPushKeys({ ...store, env })),
    pushSignal: makePushSignal(),
    readWebhook: edges.readWebhook,
    lease: servers?.lease ?? soleLease,
    bus,
    presence,
    link,
    fanOut,
    closeRealtime: close,
    clock: edges.clock,
    log,
    files: watchFiles(openFiles(filesPlace(env)), log),
    env,
    times: callTimesOf(env),
    connectsEarly: env.CALL_PRECONNECT === 'on',
    ownOrigins: ownOrigins(env),
    viewerOf: async (request) => {
      const viewer = await viewerFromRequest(store.db, env, request);
      if (viewer) void presence.heard(viewer.signInId);
      return viewer;
    },
    readers: {
      snapshot: async ({ userId }) => {
        const conversations = await readConversations(made, userId);
        const calls = await readLiveCalls(made, userId);
        const named = [
          ...conversations.flatMap(namedInConversation),
          ...calls.flatMap(({ people }) => people.map(({ user }) => user.id)),
        ] as UserId[];
        const { community, memberCount } = await readCommunitySize(store.db);
        return {
          protocolVersion,
          community,
          me: await readMe(store.db, userId),
          ...(await readPeopleAtOnce(made, userId, memberCount, named)),
          conversations,
          calls,
        };
      },
      call: (id) => readCallFor(made, id),
      conversation: (id, viewerIds) => readConversationFor(made, id, viewerIds),
      message: (id, viewerIds) => readMessageFor(made, id, viewerIds),
      users: (ids, viewerIds) => readUsersFor(made, ids, viewerIds),
      me: (viewerIds) => readMeFor(store.db, viewerIds),
      community: () => readCommunity(store.db),
      revoked: (signInIds) => readRevoked(store.db, signInIds),
      liveParts: async () => selectLiveParts(store.db),
    },
  };
  if (servers) shareLimits(made, servers.limits);
  return made;
}

/** Loads once; a load that failed is tried again by the next use. */
function onceLoaded(load: () => Promise<PushKeys>): () => Promise<PushKeys> {
  let loaded: Promise<PushKeys> | null = null;
  return () => {
    loaded ??= load().catch((error: unknown) => {
      loaded = null;
      throw error;
    });
    return loaded;
  };
}

function filesPlace(env: Env): Parameters<typeof openFiles>[0] {
  return {
    dataDir: env.PARLEY_DATA_DIR,
    place: env.PARLEY_FILES,
    key: env.PARLEY_FILES_KEY,
    secret: env.PARLEY_FILES_SECRET,
    region: env.PARLEY_FILES_REGION,
  };
}

function sharedParts({ wire, serverId, clock, lease }: Servers): SharedParts {
  return { wire, serverId, monotonic: clock.monotonic, word: lease.word, onWord: clock.follow };
}
