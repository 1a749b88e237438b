import 'server-only';
import type { CallId } from '@/lib/ids';
import type { Log } from '@/lib/log';
import type { BusMessage } from './bus';
import type { SharedReads } from './shared-reads';
import { closeFailed } from './show-views';
import type { Readers } from './snapshot';
import type { Stream } from './stream';

/** Snapshots that are read at once: requests and rings get in between. */
const mostAtOnce = 4;

type Options = {
  log: Log;
  readers: () => Readers;
  reads: SharedReads;
  streams: () => Stream[];
  /** As if the bus had brought it. */
  receive: (message: BusMessage) => void;
};

/** What streams need where the bus loses messages: truth is in the database, so that reading it again repairs all. */
export type Repair = {
  /** Messages may have been lost: closes the streams of revoked sign-ins and sends all others a snapshot. */
  everything(): void;
  /**
   * While the bus does not reach other servers, every few seconds: revoked sign-ins and live calls, so that no stream
   * outlives its sign-in and rings arrive, if late.
   */
  whatHurries(): Promise<void>;
};

export function makeRepair({ log, readers, reads, streams, receive }: Options): Repair {
  let isRunning = false;
  let isWanted = false;

  async function closeRevoked(): Promise<void> {
    const open = [...new Set(streams().map(({ viewer }) => viewer.signInId))];
    if (open.length === 0) return;
    const signInIds = await readers().revoked(open);
    if (signInIds.length > 0) receive({ type: 'signed_out', signInIds });
  }

  async function sendSnapshots(): Promise<void> {
    const rest = streams().values();
    const worker = async () => {
      for (const stream of rest) {
        // A slow client's snapshot is read when it takes it.
        const drained = stream.whenDrained();
        if (drained !== null) void drained.then(() => reads.begin(stream));
        else if (stream.isOpen) await reads.begin(stream);
      }
    };
    await Promise.all(Array.from({ length: mostAtOnce }, worker));
  }

  async function run(): Promise<void> {
    isRunning = true;
    while (isWanted) {
      isWanted = false;
      try {
        await closeRevoked();
        await wakeForCalls();
        await sendSnapshots();
      } catch (error) {
        closeFailed(log, streams(), error);
      }
    }
    isRunning = false;
  }

  /** Of calls that live, and of those that a client shows although they may have ended: it was not woken for the end. */
  async function wakeForCalls(): Promise<void> {
    const parts = Map.groupBy(await readers().liveParts(), ({ userId }) => userId);
    const wanting = new Map<CallId, Set<Stream>>();
    for (const stream of streams()) {
      const own = parts.get(stream.viewer.userId) ?? [];
      for (const id of [...stream.liveCalls, ...own.map(({ callId }) => callId)])
        wanting.set(id, (wanting.get(id) ?? new Set()).add(stream));
    }
    for (const [id, wantedBy] of wanting) reads.want(wantedBy, { calls: [id] });
  }

  return {
    everything() {
      isWanted = true;
      if (!isRunning) void run();
    },
    async whatHurries() {
      try {
        await closeRevoked();
        await wakeForCalls();
      } catch (error) {
        log.warn({ err: error }, 'streams were not repaired; the next look tries again');
      }
    },
  };
}
