import 'server-only';
import type { UserId } from '@/lib/ids';
import type { Log } from '@/lib/log';
import type { SeenBy } from '@/lib/viewer';
import type { Readers } from './snapshot';
import type { Stream } from './stream';

export type Showing = { readers: () => Readers; log: Log };

/** Reads something once for all these streams and shows each what its viewer sees. */
export async function showViews<T>(
  { readers, log }: Showing,
  streams: readonly Stream[],
  read: (readers: Readers, viewerIds: UserId[]) => Promise<SeenBy<T>>,
  show: (stream: Stream, seen: T | null) => void,
): Promise<void> {
  if (streams.length === 0) return;
  try {
    const seenBy = await read(readers(), [...new Set(streams.map((stream) => stream.viewer.userId))]);
    for (const stream of streams) {
      try {
        show(stream, seenBy(stream.viewer.userId));
      } catch (error) {
        closeFailed(log, [stream], error);
      }
    }
  } catch (error) {
    closeFailed(log, streams, error);
  }
}

/** Closes streams that could not be served; their clients come back for a snapshot. */
export function closeFailed(log: Log, streams: readonly Stream[], error: unknown): void {
  const open = streams.filter((stream) => stream.isOpen);
  if (open.length === 0) return;
  log.error({ err: error, streams: open.length }, 'streams could not be served and were closed');
  for (const stream of open) {
    try {
      stream.close();
    } catch (closing) {
      // A lane that ended here would serve no stream again.
      log.error({ err: closing }, 'a stream could not be closed');
    }
  }
}
