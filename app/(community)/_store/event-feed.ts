import { createEventSource, type EventFeed } from '@/lib/call-ui';

const nothing = () => undefined;
/** On the server nobody listens. */
const silence: EventFeed = {
  subscribe: () => nothing,
  state: () => 'connecting',
  onState: () => nothing,
  close: nothing,
};

let feed: EventFeed | null = null;

/** The one stream of this page, shared by the community store and the call kit. */
export function eventFeed(): EventFeed {
  if (typeof window === 'undefined') return silence;
  feed ??= createEventSource();
  return feed;
}
