import type { Person } from '@parley/call-protocol';
import type { CallTarget } from '../client';
import { labelOfTarget } from '../controller/call-label';
import { conversationIdOf, isCallTo } from '../controller/call-target';
import { phaseOf } from '../controller/describe-call';
import { refusalWords } from '../controller/describe-refusal';
import { liveCallIn, ownCall, ringerOf, ringingIn } from '../controller/kit-state';
import { useController } from '../controller-context';
import { useIsHidden } from '../slot-context';
import type { CallButtonViewProps } from '../slots';
import type { ButtonProps } from '../view-models';
import { useFirstWords } from '../words/words-context';
import { useKitState } from './use-kit';
import { useLongPress } from './use-long-press';

/**
 * What the app knows about a call before it starts, and whether it asks first.
 *
 * @example
 * const options: StartCallOptions = { people: members, title: 'Weekend trip', hasSheet: true };
 */
export type StartCallOptions = {
  /** The people of the conversation, for the sheet and for the first moment of the call. Default: as the stream says. */
  people?: readonly Person[];
  /** The group's title. Default: as the stream says. */
  title?: string;
  /** Ask with the sheet that names the people first. Default: false. */
  hasSheet?: boolean;
};

/** A way to start one call, and how it stands. */
export type StartCallState = {
  start: () => void;
  isStarting: boolean;
  /** Why the last start from a button like this one did not happen; other targets have their own. */
  refusal: { title: string; detail: string } | null;
  dismissRefusal: () => void;
  buttonProps: ButtonProps;
  /** "Call", "Join call", "Calling…", "Bob is calling…" or "In call". */
  label: string;
  state: CallButtonViewProps['state'];
};

/**
 * Calls a person or a conversation, or joins the call that lives there.
 *
 * @example
 * const { buttonProps, label } = useStartCall({ userId });
 * return <button {...buttonProps}>{label}</button>;
 */
export function useStartCall(target: CallTarget, options: StartCallOptions = {}): StartCallState {
  const controller = useController();
  const { kit } = controller;
  const entry = useKitState((state) => state.entry);
  const refusal = useKitState((state) => state.refusal);
  const live = useKitState((state) => {
    const id = conversationIdOf(state, target);
    return id ? (liveCallIn(state, id)?.view ?? null) : null;
  });
  const hasWindow = !useIsHidden('IncomingCall');
  const ringing = useKitState((state) =>
    hasWindow ? ringingIn(state, conversationIdOf(state, target)) : null,
  );
  const isCurrentCall = useKitState(
    (state) => state.entry !== null && isCallTo(state, state.entry.label, target),
  );
  const isRefused = useKitState(
    (state) => !!state.refusal?.start && isCallTo(state, state.refusal.start, target),
  );
  const isCalling = useKitState((state) => phaseOf(state, ownCall(state)) === 'outgoing');
  const state =
    entry && isCurrentCall
      ? isCalling || (entry.isEntering && entry.kind === 'start')
        ? 'busy'
        : 'in_call'
      : ringing
        ? 'ringing'
        : live
          ? 'live'
          : 'idle';
  const catalogue = useFirstWords();
  const words = catalogue.start;
  const hints = { people: options.people, title: options.title };

  const start = () => {
    if (ringing?.myRing) {
      // The window has the one Accept.
      kit.rings.bringToFront(ringing.myRing.id);
      kit.incomingFocus.goTo(ringing.id);
      return;
    }
    if (!options.hasSheet || state !== 'idle') {
      controller.start(target, hints);
      return;
    }
    ask();
  };

  /** Opens the sheet, which names the people and takes a line about the call. */
  function ask() {
    const label = labelOfTarget(kit, target, hints);
    const go = (line: string) => {
      kit.cards.closeSheet();
      controller.start(target, line ? { ...hints, line } : hints);
    };
    kit.cards.openSheet({ label, line: '', go });
  }

  const hold = useLongPress(() => {
    if (state === 'idle') ask();
  });

  const ringer = ringing && ringerOf(ringing);
  const label = {
    idle: words.call,
    ringing: words.incoming({ name: ringer?.displayName ?? '' }),
    live: words.join,
    busy: words.calling,
    in_call: words.inCall,
  }[state];
  return {
    start,
    isStarting: state === 'busy',
    refusal: isRefused && refusal ? refusalWords(refusal, catalogue) : null,
    dismissRefusal: kit.cards.dismissRefusal,
    buttonProps: {
      type: 'button',
      ...hold.props,
      onClick: (event) => {
        if (hold.hasFired()) return;
        if (event?.shiftKey && state === 'idle') ask();
        else start();
      },
      'aria-label': label,
      'aria-busy': isCurrentCall && entry?.isEntering === true,
      onPointerEnter: controller.preload,
      onFocus: controller.preload,
    },
    label,
    state,
  };
}
