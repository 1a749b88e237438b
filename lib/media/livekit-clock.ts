import 'server-only';

/** `Date` headers have whole seconds; differences below this are taken for none. */
const precisionMs = 10_000;

/**
 * How far LiveKit's clock is from ours. Tokens and webhooks are judged by time, with a minute of tolerance, so
 * both are made and read by LiveKit's time.
 */
export type LiveKitClock = {
  /** Milliseconds by which LiveKit is ahead, negative when behind; 0 below 10 s, and until it is known. */
  offsetMs(): number;
  /** LiveKit's wall-clock time. */
  now(): number;
  /** False until a response has carried LiveKit's time. */
  isKnown(): boolean;
  /** The `Date` header of a response to a request that was sent at `sentAt`. */
  noteAnswer(date: string | null, sentAt: number): void;
  /** LiveKit's own stamp of a room that a request sent at `sentAt` made: a proxy may have dated the response. */
  noteNewRoom(createdAtMs: number, sentAt: number): void;
};

/** @param wallNow our wall clock, in milliseconds since 1970 */
export function makeLiveKitClock(wallNow: () => number): LiveKitClock {
  let byHeader: number | null = null;
  let correction = 0;
  const offsetMs = () => {
    const offset = (byHeader ?? 0) + correction;
    return Math.abs(offset) < precisionMs ? 0 : offset;
  };
  const between = (sentAt: number) => (sentAt + wallNow()) / 2;
  return {
    offsetMs,
    now: () => wallNow() + offsetMs(),
    isKnown: () => byHeader !== null,
    noteAnswer(date, sentAt) {
      const at = Date.parse(date ?? '');
      // The header is cut down to the second: half of one later on average.
      if (!Number.isNaN(at)) byHeader = Math.round(at + 500 - between(sentAt));
    },
    noteNewRoom(createdAtMs, sentAt) {
      const differs = Math.round(createdAtMs - between(sentAt) - (byHeader ?? 0));
      correction = Math.abs(differs) < precisionMs ? 0 : differs;
    },
  };
}
