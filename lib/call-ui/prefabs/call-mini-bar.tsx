'use client';

import { CallBoundary } from '../call-boundary';
import { defaultComponents } from '../components';
import { RoomScope } from '../components/room-scope';
import { useCall } from '../hooks/use-call';
import { useCallControls } from '../hooks/use-call-controls';
import { useCallPlace, useRegisterMiniBar } from '../hooks/use-call-place';
import { useSlot } from '../slot-context';
import { showLostSurface } from './call-lost';

/** What the bar has to know of the page. */
export type CallMiniBarProps = {
  /** The conversation that is open, whose own screen shows the call; null on other pages. */
  conversationId: string | null;
};

/**
 * The running call while another page is open: one line with microphone and the way out.
 *
 * @example
 * <CallMiniBar conversationId={openConversationId} />
 */
export function CallMiniBar({ conversationId }: CallMiniBarProps) {
  useRegisterMiniBar();
  if (useCallPlace().place !== 'bar') return null;
  return (
    <CallBoundary fallback={showLostSurface}>
      <RoomScope>
        <Bar openId={conversationId} />
      </RoomScope>
    </CallBoundary>
  );
}

function Bar({ openId }: { openId: string | null }) {
  const { showCall } = useCallPlace();
  const { summary, people } = useCall();
  const { microphone, leaveProps, leaveLabel } = useCallControls();
  const MiniCallBar = useSlot('MiniCallBar', defaultComponents.MiniCallBar);
  if (!summary) return null;
  const others = people.filter((person) => !person.isSelf);
  const speaker = others.find((person) => person.isSpeaking) ?? others[0] ?? null;
  const open = () => showCall(openId);
  return <MiniCallBar call={summary} {...{ people, speaker, microphone, leaveProps, leaveLabel, open }} />;
}
