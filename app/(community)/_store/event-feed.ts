import { createEventSource, type EventFeed } from '@parley/call-kit';
import type { StreamEvent } from '@parley/call-protocol';

const nothing = () => undefined;
/** The server renders without subscribers. */
const silence: EventFeed<StreamEvent> = {
  subscribe: () => nothing,
  state: () => 'connecting',
  onState: () => nothing,
  close: nothing,
};

let open: { userId: string; feed: EventFeed<StreamEvent> } | null = null;

/** The one stream of this page and this person, shared by the community store and the call kit. */
export function eventFeed(userId: string): EventFeed<StreamEvent> {
  if (typeof window === 'undefined') return silence;
  if (open?.userId !== userId) {
    open?.feed.close();
    open = { userId, feed: createEventSource({ userId }) };
  }
  return open.feed;
}
