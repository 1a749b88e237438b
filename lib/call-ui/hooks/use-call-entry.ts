import { type CallEntry, isInCall } from '@parley/call-protocol';
import { amIn } from '../call-store';
import { liveCallIn, ringerOf, ringingIn } from '../controller/kit-state';
import { useController } from '../controller-context';
import { useIsHidden } from '../slot-context';
import type { ButtonProps } from '../view-models';
import { useKitState } from './use-kit';

/** A call's line with what can be done from it; the props of `CallEntry` that the hook knows. */
export type CallEntryState = {
  entry: CallEntry;
  /** Whose line it is. */
  viewerId: string;
  callBackProps: ButtonProps | null;
  joinProps: ButtonProps | null;
  /** Whose ring runs while the call's incoming window is shown, else null. */
  ringerId: string | null;
};

/**
 * What can be done from a call's line in a conversation: join it while it lives, call back when it was missed.
 * While it lives, `entry` names who is in it at this moment.
 *
 * @example
 * const { joinProps, callBackProps } = useCallEntry(entry);
 */
export function useCallEntry(entry: CallEntry): CallEntryState {
  const controller = useController();
  const live = useKitState((state) => liveCallIn(state, entry.conversationId)?.view ?? null);
  const ownId = useKitState((state) => state.entry?.callId ?? null);
  const go: ButtonProps = {
    type: 'button',
    onClick: () => controller.start({ conversationId: entry.conversationId }),
  };
  const hasWindow = !useIsHidden('IncomingCall');
  const ringing = useKitState((state) => (hasWindow ? ringingIn(state, entry.conversationId) : null));
  const isLive = entry.outcome === 'live' && live?.id === entry.callId;
  const isRinging = isLive && ringing?.id === entry.callId;
  const canJoin = isLive && !isRinging && ownId !== entry.callId && !amIn(live);
  const now = isLive
    ? {
        ...entry,
        personIds: live.people.filter((person) => isInCall(person.participation)).map(({ user }) => user.id),
      }
    : entry;
  return {
    entry: now,
    viewerId: controller.kit.self.id,
    joinProps: canJoin ? go : null,
    ringerId: isRinging ? (ringerOf(ringing)?.id ?? null) : null,
    callBackProps: entry.outcome === 'missed' && !live ? go : null,
  };
}
