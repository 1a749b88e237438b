import type { StreamEvent } from '@parley/call-protocol';

/** `lost` comes back by itself; `connecting` is only ever the first try. */
export type EventFeedState = 'connecting' | 'open' | 'lost';

/**
 * The server's events, in order. Replaceable: give `CallProvider` any object of this type.
 * A listener that comes late first gets a snapshot of what is known, with its milliseconds aged.
 */
export type EventFeed = {
  subscribe(listener: (event: StreamEvent) => void): () => void;
  state(): EventFeedState;
  onState(listener: (state: EventFeedState) => void): () => void;
  /** Stops for good. */
  close(): void;
};
