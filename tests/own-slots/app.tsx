import {
  CallButton,
  CallMiniBar,
  CallOverlay,
  CallProvider,
  CallScreen,
  createCallClient,
  createEventSource,
} from '@parley/call-kit';
import type { Person } from '@parley/call-protocol';
import { useEffect, useState } from 'react';
import { OwnSounds } from '../../examples/recipes/own-sounds';
import { ownSlots } from './own-slots';

declare global {
  /** How often the page around the call was mounted. */
  var pageMounts: number | undefined;
}

/** `?own-sounds`: with a ringer of its own as well. */
const components = new URLSearchParams(location.search).has('own-sounds')
  ? { ...ownSlots, Ringer: OwnSounds }
  : ownSlots;

/** Whom to call, the open conversation with its call, and one page without. */
export function App({ self, people }: { self: Person; people: Person[] }) {
  const [client] = useState(() => createCallClient());
  const [events] = useState(() => createEventSource({ userId: self.id }));
  const [openId, setOpenId] = useState<string | null>(null);
  const [isHome, setHome] = useState(false);
  const shown = isHome ? null : openId;
  const openConversation = (id: string) => {
    setOpenId(id);
    setHome(false);
  };
  return (
    <CallProvider {...{ client, events, self, openConversation }} components={components}>
      <Page />
      <button type="button" onClick={() => setHome(true)}>
        Home
      </button>
      <ul aria-label="People">
        {people
          .filter(({ id }) => id !== self.id)
          .map((person) => (
            <li key={person.id} aria-label={person.displayName}>
              {person.displayName} <CallButton target={{ userId: person.id }} look="list" />
            </li>
          ))}
      </ul>
      {shown === null ? null : <CallScreen conversationId={shown} />}
      <CallMiniBar conversationId={shown} />
      <CallOverlay />
    </CallProvider>
  );
}

function Page() {
  useEffect(() => {
    globalThis.pageMounts = (globalThis.pageMounts ?? 0) + 1;
  }, []);
  return <h1>An app of its own</h1>;
}
