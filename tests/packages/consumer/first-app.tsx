import {
  CallButton,
  CallMiniBar,
  CallOverlay,
  CallProvider,
  CallScreen,
  createCallClient,
  createEventSource,
} from '@parley/call-kit';
import '@parley/call-kit/styles.css';
import type { Person } from '@parley/call-protocol';
import { useState } from 'react';

const client = createCallClient();
const me: Person = await (await fetch('/api/me')).json();
const { users }: { users: Person[] } = await (await fetch('/api/users')).json();
const events = createEventSource({ userId: me.id });

/** Everyone with a button; a call stands above the list while its conversation is open. */
export default function App() {
  const [openId, setOpenId] = useState<string | null>(null);
  return (
    <CallProvider client={client} events={events} self={me} openConversation={setOpenId}>
      {openId ? <CallScreen conversationId={openId} /> : null}
      {users.map(({ id, displayName }) => (
        <p key={id}>
          {displayName} <CallButton target={{ userId: id }} look="list" />
        </p>
      ))}
      <CallMiniBar conversationId={openId} />
      <CallOverlay />
    </CallProvider>
  );
}
