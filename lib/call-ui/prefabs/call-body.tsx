'use client';

import { type ReactNode, useMemo } from 'react';
import { CallBoundary } from '../call-boundary';
import { ArrivingCall, defaultComponents } from '../components';
import { useCallParts } from '../components/load-call-parts';
import { RoomScope } from '../components/room-scope';
import { useCall } from '../hooks/use-call';
import { useCallControls } from '../hooks/use-call-controls';
import { useCallPlace, useUnreadCount } from '../hooks/use-call-place';
import { useFeatures } from '../hooks/use-features';
import { useIsNarrow, useIsSideways } from '../hooks/use-is-narrow';
import { useOwnHand } from '../hooks/use-own-hand';
import { usePictureInPicture } from '../hooks/use-picture-in-picture';
import { useSoundCheckToggle } from '../hooks/use-sound-check-toggle';
import { useDockEdge, useStageView } from '../hooks/use-stage';
import { useIsHidden, useSlot } from '../slot-context';
import { showLostSurface } from './call-lost';
import { DeviceCheck } from './device-check';

/**
 * What an app shows beside the call in the full window: its messages and its composer.
 *
 * @example
 * const chat: CallChat = (conversationId) => <Messages of={conversationId} />;
 */
export type CallChat = (conversationId: string) => ReactNode;

function Toolbar() {
  const CallToolbar = useSlot('CallToolbar', defaultComponents.CallToolbar);
  const { leave: _leave, moveHere: _moveHere, ...controls } = useCallControls();
  const isHandRaised = useOwnHand();
  const parts = useCallParts();
  const deviceMenu = useIsHidden('DeviceMenu') ? null : <DeviceCheck withPreview={false} />;
  const { hands, reactions } = useFeatures();
  const hasGestures = hands || reactions;
  const gestures =
    parts && hasGestures && isHandRaised !== null ? { isHandRaised, gestures: <parts.Gestures /> } : {};
  const above = parts ? (
    <CallBoundary>
      <parts.AboveControls />
    </CallBoundary>
  ) : null;
  const ToolbarExtras = useSlot('ToolbarExtras', defaultComponents.ToolbarExtras);
  const isNarrow = useIsNarrow();
  const extras = <ToolbarExtras isNarrow={isNarrow} />;
  return <CallToolbar {...controls} {...gestures} {...{ deviceMenu, above, extras, isNarrow }} />;
}

/** One element for all: it is drawn anew by its own hooks and by nothing else. */
const toolbar = <Toolbar />;

type CallBodyProps = { isStage: boolean; chat?: CallChat | undefined };

/** The call of this tab, as a dock above its conversation or over the whole window. */
export function CallBody(props: CallBodyProps) {
  const { isArriving } = useCallPlace();
  return (
    <CallBoundary fallback={showLostSurface}>
      {isArriving ? (
        <Arriving isStage={props.isStage} />
      ) : (
        <RoomScope>
          <Surface {...props} />
        </RoomScope>
      )}
    </CallBoundary>
  );
}

/** Until the first sound the page draws the least that says so. */
function Arriving({ isStage }: Pick<CallBodyProps, 'isStage'>) {
  const { summary: call, people } = useCall();
  const { microphone, leaveProps, leaveLabel } = useCallControls();
  const { place } = useCallPlace();
  const { height: dockHeight } = useDockEdge();
  if (!call) return null;
  // Above its own conversation it has its height from the start: no message moves a second time.
  const height = isStage ? 'full' : place === 'screen' ? dockHeight : 'card';
  return <ArrivingCall {...{ call, people, microphone, leaveProps, leaveLabel, height }} />;
}

function Surface({ isStage, chat }: CallBodyProps) {
  const { expand, collapse, isChatOpen, toggleChat } = useCallPlace();
  const isNarrow = useIsNarrow();
  const isSideways = useIsSideways();
  const view = useStageView();
  const edge = useDockEdge();
  const { chat: hasChat } = useFeatures();
  const { screen } = useCallControls();
  const { summary, people, notices } = useCall();
  const openPictureInPicture = usePictureInPicture(people);
  const { open: openSoundCheck } = useSoundCheckToggle();
  const OutgoingCall = useSlot('OutgoingCall', defaultComponents.OutgoingCall);
  const CallDock = useSlot('CallDock', defaultComponents.CallDock);
  const CallStage = useSlot('CallStage', defaultComponents.CallStage);
  const conversationId = summary?.conversationId ?? null;
  const unreadCount = useUnreadCount(conversationId);
  const beside = useMemo(() => {
    if (!chat || !hasChat || conversationId === null) return null;
    const content = isChatOpen ? <CallBoundary>{chat(conversationId)}</CallBoundary> : null;
    return { isOpen: isChatOpen, toggle: toggleChat, unreadCount, content };
  }, [chat, hasChat, conversationId, isChatOpen, toggleChat, unreadCount]);
  if (!summary) return null;

  const shown = { call: summary, people, notices, openPictureInPicture };
  if (summary.phase === 'outgoing' && (!isStage || isNarrow)) {
    const phone = { isNarrow: isStage, collapse, expand };
    return (
      <OutgoingCall {...shown} {...phone} phase={summary.phase}>
        {toolbar}
      </OutgoingCall>
    );
  }
  const shared = { ...shown, openSoundCheck };
  const stopSharing = screen.isOn ? screen.toggle : null;
  if (!isStage) return <CallDock {...shared} {...{ toolbar, expand, view, edge, stopSharing }} />;
  const stage = { view, stopSharing, collapse, isNarrow, isSideways };
  return <CallStage {...shared} {...stage} chat={beside} toolbar={toolbar} />;
}
