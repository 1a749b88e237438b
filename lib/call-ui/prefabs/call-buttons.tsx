'use client';

import { isInCall, type Person } from '@parley/call-protocol';
import type { CallTarget } from '../client';
import { defaultComponents } from '../components';
import { useCalls } from '../hooks/use-call';
import { useIsNarrow } from '../hooks/use-is-narrow';
import { useStartCall } from '../hooks/use-start-call';
import { useIsHidden, useSlot } from '../slot-context';
import type { CallButtonViewProps } from '../slots';

/** Who is called, and how the button looks. */
export type CallButtonProps = {
  target: CallTarget;
  /** Default: `header`. Only that and the phone's `icon` ask with a sheet first when narrow. */
  look?: CallButtonViewProps['look'];
  /** Who is called, for the first moment and for the sheet. Default: as the stream says. */
  people?: readonly Person[];
  title?: string;
};

/**
 * Starts a call with a person or a conversation, or joins the one that lives there.
 *
 * @example
 * <CallButton target={{ userId }} look="profile" />
 */
export function CallButton({ target, look = 'header', people, title }: CallButtonProps) {
  const isSheetHidden = useIsHidden('StartCallSheet');
  const hasSheet = useIsNarrow() && (look === 'header' || look === 'icon') && !isSheetHidden;
  const options = { hasSheet, ...(people ? { people } : {}), ...(title ? { title } : {}) };
  const { buttonProps, label, state } = useStartCall(target, options);
  const View = useSlot('CallButton', defaultComponents.CallButton);
  // "Bob is calling…" takes the place of "Call" as a button of its own: one that grows would count as a layout shift.
  return (
    <View
      key={state === 'ringing' ? state : 'call'}
      buttonProps={buttonProps}
      label={label}
      state={state}
      look={look}
    />
  );
}

/** Whose live call is joined. */
export type JoinCallButtonProps = { conversationId: string };

/**
 * Join call, while a call lives in the conversation and this person is not in it.
 *
 * @example
 * <JoinCallButton conversationId={conversation.id} />
 */
export function JoinCallButton({ conversationId }: JoinCallButtonProps) {
  const { inConversation } = useCalls();
  const { buttonProps, label, state } = useStartCall({ conversationId });
  const View = useSlot('CallButton', defaultComponents.CallButton);
  const call = inConversation(conversationId);
  const mine = call?.people.find((person) => person.user.id === call.viewerId);
  if (!call || state !== 'live' || isInCall(mine?.participation)) return null;
  return <View buttonProps={buttonProps} label={label} state={state} look="list" />;
}
