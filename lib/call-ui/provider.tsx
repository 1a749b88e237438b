'use client';
import type { ReactNode } from 'react';
import type { Person } from '../protocol';
import type { CallEvent } from './call-event';
import type { CallClient } from './client';
import type { EventFeed } from './events/event-feed';
import { SlotContext } from './slot-context';
import type { CallComponentOverrides } from './slots';

export type CallProviderProps = {
  client: CallClient;
  events: EventFeed;
  self: Person;
  components?: CallComponentOverrides;
  onCallEvent?: (event: CallEvent) => void;
  openConversation?: (conversationId: string) => void;
  children: ReactNode;
};
export function CallProvider({ components = {}, children }: CallProviderProps) {
  return <SlotContext.Provider value={components}>{children}</SlotContext.Provider>;
}
