import type { EventFeed } from './event-feed';
export type EventSourceOptions = { /** Default: `/api/events`. */ url?: string };
export function createEventSource(_options: EventSourceOptions = {}): EventFeed {
  throw new Error('unfinished');
}
