'use client';

import type { CSSProperties } from 'react';
import { CallBoundary } from '../call-boundary';
import { defaultComponents } from '../components';
import { useCallParts } from '../components/load-call-parts';
import { RoomScope } from '../components/room-scope';
import { useCalls } from '../hooks/use-call';
import {
  useEndedCall,
  useMoveCall,
  useRefusal,
  useStartCallSheet,
  useSwitchCall,
} from '../hooks/use-call-cards';
import { useCallPlace } from '../hooks/use-call-place';
import { useIncomingCalls } from '../hooks/use-incoming-call';
import { useIsNarrow } from '../hooks/use-is-narrow';
import { usePopOut } from '../hooks/use-pop-out';
import { useDockEdge } from '../hooks/use-stage';
import { useIsHidden, useSlot } from '../slot-context';
import { CallBody, type CallChat } from './call-body';
import { DeviceCheck } from './device-check';
import css from './prefabs.module.css';

/** What the app itself brings to the surfaces that lie over it. */
export type CallOverlayProps = {
  /**
   * The messages and the composer of a conversation, shown beside the call in the full window of a wide
   * screen. Default: none, and no chat button.
   */
  chat?: CallChat;
};

/**
 * Everything of calls that lies over the app: incoming windows, the full window, Switch call?, refusals,
 * how a call ended, Move call here. Stands once, anywhere inside the provider.
 *
 * @example
 * <CallProvider …><App /><CallOverlay chat={(id) => <Messages conversationId={id} />} /></CallProvider>
 */
export function CallOverlay({ chat }: CallOverlayProps) {
  const { place } = useCallPlace();
  const { current } = useCalls();
  const isIncomingHidden = useIsHidden('IncomingCall');
  const isOutgoing = current?.phase === 'outgoing';
  const docked: CSSProperties & Record<`--k-${string}`, string> = {
    '--k-docked': `${useDockEdge().height}px`,
  };
  return (
    <>
      {place === 'stage' ? <CallBody isStage chat={chat} /> : null}
      {place === 'floating' ? (
        <div className={css.floating}>
          <CallBody isStage={false} />
        </div>
      ) : null}
      {/* A call in the page keeps its controls free: what arrives stands beneath it. Said to be a live region
          (off: its parts announce themselves), it stays in reach of assistive technology when a modal dialog
          hides the rest of the page. */}
      <div
        className={css.arriving}
        aria-live="off"
        data-place={place ?? undefined}
        data-docked={place === 'screen' && isOutgoing ? current.kind : undefined}
        style={place === 'screen' && !isOutgoing ? docked : undefined}
      >
        {/* Left out as a whole when hidden: reading the rings there counts as showing them. */}
        {isIncomingHidden ? null : (
          <CallBoundary>
            <Incoming />
          </CallBoundary>
        )}
        <div className={css.cards}>
          <CallBoundary>
            <Cards />
          </CallBoundary>
        </div>
      </div>
      <PoppedOut />
      {useIsHidden('SwitchCallDialog') ? null : (
        <CallBoundary>
          <SwitchQuestion />
        </CallBoundary>
      )}
      <CallBoundary>
        <StartQuestion />
      </CallBoundary>
    </>
  );
}

function Incoming() {
  const IncomingCall = useSlot('IncomingCall', defaultComponents.IncomingCall);
  const isNarrow = useIsNarrow();
  const isInCall = useCalls().current !== null;
  // In the page by age, whichever is on top: an element that moves in the page loses the focus.
  const byAge = useIncomingCalls()
    .map((ring, stackIndex) => ({ ...ring, stackIndex }))
    .sort((a, b) => a.msLeft - b.msLeft);
  return byAge.map(({ accept: _accept, decline: _decline, sound, ...ring }) => (
    <IncomingCall
      key={ring.call.myRing?.id ?? ring.call.id}
      {...ring}
      {...{ isNarrow, isInCall }}
      unblockSound={sound.isBlocked ? sound.unblock : null}
    />
  ));
}

function PoppedOut() {
  const window = usePopOut();
  return window ? (
    <CallBoundary>
      <RoomScope>
        <PopOut window={window} />
      </RoomScope>
    </CallBoundary>
  ) : null;
}

function PopOut({ window }: { window: Window }) {
  const parts = useCallParts();
  return parts ? <parts.PopOut window={window} /> : null;
}

function SwitchQuestion() {
  const switching = useSwitchCall();
  const SwitchCallDialog = useSlot('SwitchCallDialog', defaultComponents.SwitchCallDialog);
  return switching ? <SwitchCallDialog {...switching} /> : null;
}

function StartQuestion() {
  const sheet = useStartCallSheet();
  const StartCallSheet = useSlot('StartCallSheet', defaultComponents.StartCallSheet);
  const isHidden = useIsHidden('DeviceMenu');
  return sheet ? <StartCallSheet {...sheet} deviceMenu={isHidden ? null : <DeviceCheck />} /> : null;
}

function Cards() {
  const isRinging = useCalls().incoming.length > 0;
  const ended = useEndedCall();
  const refusal = useRefusal();
  const move = useMoveCall();
  const EndedCard = useSlot('EndedCard', defaultComponents.EndedCard);
  const RefusalAlert = useSlot('RefusalAlert', defaultComponents.RefusalAlert);
  const MoveCallCard = useSlot('MoveCallCard', defaultComponents.MoveCallCard);
  return (
    <>
      {/* A new call matters more than one elsewhere or how the last one went, and stands in the same place. */}
      {move && !isRinging ? <MoveCallCard {...move} /> : null}
      {ended && !isRinging ? <EndedCard {...ended} /> : null}
      {refusal ? <RefusalAlert {...refusal} /> : null}
    </>
  );
}
