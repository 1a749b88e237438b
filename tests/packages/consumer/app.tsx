import { CallButton, CallOverlay, CallProvider, createCallClient, type EventFeed } from '@parley/call-kit';
import type { Person } from '@parley/call-protocol';
import '@parley/call-kit/styles.css';

/** A stream that never brings anything. */
const events: EventFeed = {
  subscribe: () => () => {},
  onState: () => () => {},
  state: () => 'connecting',
  close: () => {},
};
const client = createCallClient();

/** The smallest use of the kit: a button on a profile, and what a call needs when one comes. */
export function App({ self, userId }: { self: Person; userId: string }) {
  return (
    <CallProvider client={client} events={events} self={self}>
      <CallButton target={{ userId }} />
      <CallOverlay />
    </CallProvider>
  );
}
