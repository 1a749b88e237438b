'use client';

import { CallBoundary, CallOverlay, CallProvider, createCallClient } from '@parley/call-kit';
import type { CallWords } from '@parley/call-kit/words';
import type { Snapshot } from '@parley/call-protocol';
import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import { conversationHref, useGo } from '../../_ui/go';
import { ToastProvider } from '../../_ui/toast';
import { callUi } from '../../call-ui.config';
import { ProfileProvider } from '../_people/profile';
import { noteCallEvent } from '../_push/push-offer-due';
import { notifyOfRing } from '../_push/ring-notifier';
import { CommunityStore } from '../_store/community-store';
import { eventFeed } from '../_store/event-feed';
import { CommunityStoreProvider, useCommunity, useMyId, usePerson } from '../_store/hooks';
import { CallChat } from '../messages/call-chat';
import { showLostPart } from './lost-part';
import { Shell } from './shell';

const callChat = (conversationId: string) => (
  <CallChat key={conversationId} conversationId={conversationId} />
);

/**
 * Everything that outlives a change of page: the store, the stream, the calls, the frame. What is shown stands behind
 * boundaries, because an error that reaches the call provider ends the call.
 */
export function Community({
  snapshot,
  callWords,
  children,
}: {
  snapshot: Snapshot;
  /** Null: the kit's own English. */
  callWords: CallWords | null;
  children: ReactNode;
}) {
  const [store] = useState(() => new CommunityStore(snapshot));
  useEffect(() => eventFeed(snapshot.me.id).subscribe(store.handle), [store, snapshot.me.id]);
  useEffect(() => store.restoreWriting(), [store]);
  return (
    <CommunityStoreProvider store={store}>
      <WithCalls words={callWords}>{children}</WithCalls>
    </CommunityStoreProvider>
  );
}

function WithCalls({ words, children }: { words: CallWords | null; children: ReactNode }) {
  const go = useGo();
  const [client] = useState(() => createCallClient());
  const myId = useMyId();
  const { id, username, displayName, avatarUrl, hue } = usePerson(myId);
  const self = useMemo(
    () => ({ id, username, displayName, avatarUrl, hue }),
    [id, username, displayName, avatarUrl, hue],
  );
  const isSignedOut = useCommunity((state) => state.isSignedOut);
  const openConversation = useCallback((id: string) => go(conversationHref(id)), [go]);
  useEffect(() => {
    // A whole page load, so that nothing of this sign-in stays in memory.
    if (isSignedOut) location.assign('/login');
  }, [isSignedOut]);

  return (
    <CallProvider
      client={client}
      events={eventFeed(myId)}
      self={self}
      components={callUi}
      {...(words && { words })}
      openConversation={openConversation}
      onCallEvent={noteCallEvent}
      notifyOfRing={notifyOfRing}
    >
      <ToastProvider>
        <ProfileProvider>
          <CallBoundary fallback={showLostPart}>
            <Shell>{children}</Shell>
          </CallBoundary>
          <CallOverlay chat={callChat} />
        </ProfileProvider>
      </ToastProvider>
    </CallProvider>
  );
}
