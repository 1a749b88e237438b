import 'server-only';
import type { Store } from '@/db/store';
import type { Clock } from '@/lib/clock';
import type { Log } from '@/lib/log';
import type { MediaServer } from '@/lib/media/media-server';
import type { Realtime } from '@/lib/realtime/wake';
import type { Viewer } from '@/lib/viewer';

/** Durations that the operator can set, in milliseconds (CALLS.md, "Ringing" and "Ending"). */
export type CallTimes = { ringTimeoutMs: number; rejoinTimeoutMs: number };

/** What every command gets first. */
export type Deps = Store & {
  media: MediaServer;
  realtime: Realtime;
  clock: Clock;
  log: Log;
  times: CallTimes;
  /** Who this request comes from, or null: the cookie names a sign-in that is not revoked. */
  viewerOf: (request: Request) => Promise<Viewer | null>;
  /** The origins our own pages come from, for the same-origin check. */
  ownOrigins: ReadonlySet<string>;
  /** Where pictures and other files of the community are kept. */
  dataDir: string;
};
