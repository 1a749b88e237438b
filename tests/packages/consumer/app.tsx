import { CallButton, CallOverlay, CallProvider, createCallClient, type EventFeed } from '@parley/call-kit';
import type { CallWords } from '@parley/call-kit/words';
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

type AppProps = { self: Person; userId: string; words?: CallWords };

/** The smallest use of the kit: a button on a profile, and what a call needs when one comes. */
export function App({ self, userId, ...language }: AppProps) {
  return (
    <CallProvider client={client} events={events} self={self} {...language}>
      <CallButton target={{ userId }} />
      <CallOverlay />
    </CallProvider>
  );
}
