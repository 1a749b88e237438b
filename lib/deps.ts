import 'server-only';
import type { Store } from '@/db/store';
import type { Clock } from '@/lib/clock';
import type { Log } from '@/lib/log';
import type { MediaServer } from '@/lib/media/media-server';
import type { Realtime } from '@/lib/realtime/wake';

/** Durations that the operator can set, in milliseconds (CALLS.md, "Ringing" and "Ending"). */
export type CallTimes = { ringTimeoutMs: number; rejoinTimeoutMs: number };

/** What every command gets first. */
export type Deps = Store & {
  media: MediaServer;
  realtime: Realtime;
  clock: Clock;
  log: Log;
  times: CallTimes;
};
