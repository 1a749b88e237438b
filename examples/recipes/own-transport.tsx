import { CallButton, CallOverlay, CallProvider, type CallProviderProps } from '@parley/call-kit';
import type { Person } from '@parley/call-protocol';
import { useState } from 'react';
import type { createMemoryTransport } from '../custom-transport/memory-transport';

type AppProps = Pick<CallProviderProps, 'loadMedia' | 'environment'> & {
  transport: ReturnType<typeof createMemoryTransport>;
  self: Person;
  other: Person;
};

/** One person's page; commands go to the app's own server, and its events come back. */
export function App({ transport, self, other, ...media }: AppProps) {
  const [client] = useState(() => transport.clientFor(self.id));
  const [events] = useState(() => transport.eventsFor(self.id));
  return (
    <CallProvider {...media} {...{ client, events, self }}>
      <CallButton target={{ userId: other.id }} />
      <CallOverlay />
    </CallProvider>
  );
}
