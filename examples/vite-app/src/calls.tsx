import {
  type AvatarProps,
  type CallComponentOverrides,
  CallMiniBar,
  CallOverlay,
  CallProvider,
  CallScreen,
  createCallClient,
  createEventSource,
  ParticipantTile,
  type ParticipantTileProps,
} from '@parley/call-kit';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { type Gardener, PeopleContext, useGardener } from './garden';
import { Portrait } from './portrait';

/** LiveKit's components come with the first call, not with the page. */
const LiveKitTile = lazy(() => import('./livekit-tile'));

/** What the garden draws itself; everything else is the kit's. */
const components: CallComponentOverrides = {
  Avatar: function GardenAvatar({ id, name, size }: AvatarProps) {
    return <Portrait name={useGardener(id)?.name ?? name} size={size} />;
  },
  ParticipantTile: (props: ParticipantTileProps) => (
    <Suspense fallback={<ParticipantTile {...props} />}>
      <LiveKitTile {...props} />
    </Suspense>
  ),
};

type CallsProps = { self: Gardener & { callId: string }; people: Gardener[]; children: ReactNode };

/** Ringing and calls around the garden's page; the server behind `/parley` is `server/forward-to-parley.ts`. */
export function Calls({ self, people, children }: CallsProps) {
  const [client] = useState(() => createCallClient({ path: '/parley/calls' }));
  const [events] = useState(() => createEventSource({ url: '/parley/events', userId: self.callId }));
  const [openId, setOpenId] = useState<string | null>(null);
  const me = { id: self.callId, username: self.id, displayName: self.name, avatarUrl: null };
  return (
    <PeopleContext value={people}>
      <CallProvider {...{ client, events, components }} self={me} openConversation={setOpenId}>
        {openId ? <CallScreen conversationId={openId} /> : null}
        {children}
        <CallMiniBar conversationId={openId} />
        <CallOverlay />
      </CallProvider>
    </PeopleContext>
  );
}
