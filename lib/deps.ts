import 'server-only';
import type { Store } from '@/db/store';
import type { Deadlines } from '@/lib/calls/deadlines';
import type { MediaWork } from '@/lib/calls/media-work';
import type { Clock } from '@/lib/clock';
import type { Env } from '@/lib/env';
import type { Files } from '@/lib/files/files.mjs';
import type { Lease } from '@/lib/lease';
import type { Log } from '@/lib/log';
import type { WebhookReader } from '@/lib/media/livekit-webhook';
import type { MediaServer } from '@/lib/media/media-server';
import type { PushKeys } from '@/lib/push/push-keys';
import type { PushSignal } from '@/lib/push/push-signal';
import type { Bus } from '@/lib/realtime/bus';
import type { FanOut } from '@/lib/realtime/fan-out';
import type { Presence } from '@/lib/realtime/presence';
import type { ServerLink } from '@/lib/realtime/server-link';
import type { Readers } from '@/lib/realtime/snapshot';
import type { ReadableHeaders, Viewer } from '@/lib/viewer';

/** Durations that the operator can set, in milliseconds (docs/calls.md, "Ringing" and "Ending"). */
export type CallTimes = { ringTimeoutMs: number; rejoinTimeoutMs: number };

/** Everything that is put together at boot. Rooms name what they need of it, below. */
export type Deps = Store & {
  media: MediaServer;
  /** What LiveKit is asked to do after a commit, and no answer waits for. */
  mediaWork: MediaWork;
  /** Whether LiveKit may run on several nodes, whose list of rooms is a moment late when one of them dies. */
  mediaNodes: 'one' | 'several';
  /** When time will next change a call, for the timers. */
  deadlines: Deadlines;
  /** What messages to push services are signed with; made or read at the first use. */
  pushKeys: () => Promise<PushKeys>;
  /** Says that a transaction wrote pushes. */
  pushSignal: PushSignal;
  /** Whether this server process does the jobs. */
  lease: Lease;
  bus: Bus;
  presence: Presence;
  /** The other server processes; null: this is the only one. */
  link: ServerLink | null;
  clock: Clock;
  log: Log;
  /** Where pictures are kept. */
  files: Files;
  times: CallTimes;
  /** Whether a callee's tab may be in the room while it rings (`CALL_PRECONNECT`). */
  connectsEarly: boolean;
  /** Reads for the streams and the first page. */
  readers: Readers;
  /** Who this request comes from, or null: the cookie names a sign-in that is not revoked. */
  viewerOf: (request: { headers: ReadableHeaders }) => Promise<Viewer | null>;
  /** Verifies a LiveKit webhook; throws AppError('unauthenticated'). */
  readWebhook: WebhookReader;
  /** The origins our own pages come from, for the same-origin check. */
  ownOrigins: ReadonlySet<string>;
  env: Env;
};

/** What the rooms receive, each no more than it needs; a command takes one of these, or a `Pick`, first. */
export type ConversationDeps = Pick<Deps, 'db' | 'transaction' | 'bus' | 'pushSignal' | 'clock'>;
export type PushDeps = Pick<
  Deps,
  'db' | 'transaction' | 'presence' | 'pushKeys' | 'pushSignal' | 'clock' | 'log' | 'env'
>;
export type UserDeps = Pick<
  Deps,
  'db' | 'transaction' | 'bus' | 'presence' | 'clock' | 'log' | 'files' | 'env'
>;
export type CallDeps = Pick<
  Deps,
  | 'db'
  | 'commits'
  | 'transaction'
  | 'bus'
  | 'presence'
  | 'media'
  | 'mediaWork'
  | 'mediaNodes'
  | 'deadlines'
  | 'pushSignal'
  | 'clock'
  | 'log'
  | 'times'
  | 'connectsEarly'
>;
/** Signing in, and passwords; a new one ends sign-ins, which has consequences for calls (`endSignIns`). */
export type AuthDeps = Pick<Deps, 'db' | 'transaction' | 'clock' | 'log' | 'env'>;
/** Operators' decisions have consequences for calls, too. */
export type OperatorDeps = CallDeps & Pick<Deps, 'files' | 'env'>;

/** The same with the open streams, which only the event route, the metrics and the boot need. */
export type AppDeps = Deps & {
  fanOut: FanOut;
  /** Closes the streams and leaves the other servers. */
  closeRealtime: () => void;
};

/** What a route's handler receives: what commands need, and what single routes do; nothing that ends the app. */
export type RouteDeps = OperatorDeps &
  PushDeps &
  Pick<AppDeps, 'ping' | 'viewerOf' | 'readWebhook' | 'fanOut' | 'lease' | 'link'>;

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
