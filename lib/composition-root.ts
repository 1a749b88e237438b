import 'server-only';
import { protocolVersion } from '@parley/call-protocol';
import type { Store } from '@/db/store';
import { ownOrigins } from '@/lib/auth/own-origins';
import { viewerFromRequest } from '@/lib/auth/session';
import { reachRings } from '@/lib/calls/commands/confirm-ring';
import { makeDeadlines } from '@/lib/calls/deadlines';
import { makeMediaWork } from '@/lib/calls/media-work';
import { readCallFor, readLiveCalls } from '@/lib/calls/reads/read-calls';
import { type Clock, systemClock } from '@/lib/clock';
import { readConversationFor, readConversations } from '@/lib/conversations/read-conversations';
import { readMessageFor } from '@/lib/conversations/read-messages';
import type { AppDeps } from '@/lib/deps';
import { callTimesOf, type Env } from '@/lib/env';
import type { UserId } from '@/lib/ids';
import type { Log } from '@/lib/log';
import { makeLiveKitMediaServer } from '@/lib/media/livekit-media-server';
import { makeWebhookReader, type WebhookReader } from '@/lib/media/livekit-webhook';
import type { MediaServer } from '@/lib/media/media-server';
import { namedInConversation } from '@/lib/realtime/named-people';
import { makeRealtime } from '@/lib/realtime/realtime';
import { readPeopleAtOnce } from '@/lib/users/people-at-once';
import { readCommunity, readCommunitySize } from '@/lib/users/read-community';
import { readMe, readMeFor } from '@/lib/users/read-me';
import { readUsersFor } from '@/lib/users/read-users';

/** Puts the real modules together. */
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
  const { bus, presence, fanOut, close } = makeRealtime({
    log,
    now: () => made.clock.now(),
    wallNow: () => made.clock.wallNow(),
    readers: () => made.readers,
    onReach: (userId) => reachRings(made, userId),
  });
  const made: AppDeps = {
    ...store,
    media: edges.media,
    mediaWork: makeMediaWork(() => made.media),
    deadlines: makeDeadlines(),
    readWebhook: edges.readWebhook,
    bus,
    presence,
    fanOut,
    closeRealtime: close,
    clock: edges.clock,
    log,
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
    },
  };
  return made;
}
