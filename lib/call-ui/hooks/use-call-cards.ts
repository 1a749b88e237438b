import { callLineCharacters, countCharacters, isVisible, oneLine } from '@parley/call-protocol';
import { useLayoutEffect } from 'react';
import { callDurationMs } from '../call-store';
import { labelOfView } from '../controller/call-label';
import { endedWords } from '../controller/describe-call';
import { refusalWords } from '../controller/describe-refusal';
import { callElsewhere } from '../controller/kit-state';
import { canStay, stay } from '../controller/leaving';
import type { CallLabel } from '../controller/owners/current-call';
import { useController } from '../controller-context';
import type {
  EndedCardProps,
  MoveCallCardProps,
  RefusalAlertProps,
  StartCallSheetProps,
  SwitchCallDialogProps,
} from '../slots';
import type { ButtonProps } from '../view-models';
import { useFirstWords } from '../words/words-context';
import { useIsNarrow } from './use-is-narrow';
import { useKitState, useNow } from './use-kit';

const button = (onClick: () => void, isBusy = false): ButtonProps => ({
  type: 'button',
  onClick,
  'aria-busy': isBusy,
  disabled: isBusy,
});

/**
 * The question Switch call?, ready for a dialog; null when nothing is asked. While no component uses it, nothing is
 * asked: accepting or starting a call leaves the other one.
 *
 * @example
 * const question = useSwitchCall();
 * return question && <button {...question.switchProps}>Leave {question.from.title}</button>;
 */
export function useSwitchCall(): SwitchCallDialogProps | null {
  const { kit } = useController();
  useLayoutEffect(() => kit.switchQuestion.addView(), [kit]);
  const switching = useKitState((state) => state.switching);
  const store = useKitState((state) => state.store);
  const canStayNow = useKitState(canStay);
  const words = useFirstWords().call;
  const isNarrow = useIsNarrow();
  const tick = useNow(switching ? 1000 : null);
  if (!switching) return null;
  const side = ({ title, hue, kind, people, conversationId }: CallLabel) => ({
    title,
    hue,
    kind,
    person: kind === 'direct' ? (people[0] ?? null) : null,
    conversationId,
  });
  // What confirming does may change while the dialog is open: another member starts the call, it rings, it ends.
  const next = [...store.calls.values()].find(
    ({ view }) => view.status !== 'ended' && view.conversation.id === switching.to.conversationId,
  )?.view;
  const ringing = next?.myRing && !next.myRing.isQuiet;
  const held = store.calls.get(switching.fromCallId ?? '');
  return {
    from: switching.from
      ? side(switching.from)
      : { ...side(switching.to), title: words.otherCall, person: null },
    to: { ...side(switching.to), entry: ringing ? 'accept' : next ? 'join' : 'start' },
    durationMs: held ? callDurationMs(held, Math.max(tick, held.receivedAt)) : null,
    switchProps: button(switching.go, switching.isBusy),
    stay: () => stay(kit),
    canStay: canStayNow,
    isNarrow,
  };
}

/**
 * Why the last start, answer or ring did not happen, in words; null when all is well.
 *
 * @example
 * const refusal = useRefusal();
 * return refusal && <p role="alert">{refusal.title}</p>;
 */
export function useRefusal(): RefusalAlertProps | null {
  const { kit } = useController();
  const refusal = useKitState((state) => state.refusal);
  const words = useFirstWords();
  if (!refusal) return null;
  return { ...refusalWords(refusal, words), dismiss: kit.cards.dismissRefusal };
}

/**
 * How the call that this tab was in has ended; null once it is dismissed or some seconds have passed.
 *
 * @example
 * const ended = useEndedCall();
 * return ended && <p role="status">{ended.title}</p>;
 */
export function useEndedCall(): EndedCardProps | null {
  const controller = useController();
  const { kit } = controller;
  const ended = useKitState((state) => state.ended);
  const words = useFirstWords();
  if (!ended) return null;
  const { view, label } = ended;
  const conversationId = view.conversation.id;
  const dismiss = () => {
    kit.cards.dismissEnd();
    kit.calls.apply({ type: 'forget', callId: view.id });
  };
  return {
    ...endedWords(view, words),
    person: label.kind === 'direct' ? (label.people[0] ?? null) : null,
    groupTitle: label.kind === 'group' ? label.title : null,
    groupHue: label.hue,
    conversationId,
    callAgainProps: button(() => {
      dismiss();
      controller.start({ conversationId }, { people: label.people, title: label.title });
    }),
    messageProps: button(() => {
      dismiss();
      kit.openConversation(conversationId);
    }),
    dismiss,
    hold: (isHeld) => kit.cards.holdEnd(view.id, isHeld),
  };
}

/**
 * The offer to bring a call over from another device; null when there is none.
 *
 * @example
 * const move = useMoveCall();
 * return move && <button {...move.moveProps}>Continue here</button>;
 */
export function useMoveCall(): MoveCallCardProps | null {
  const controller = useController();
  const elsewhere = useKitState(callElsewhere);
  const isMoving = useKitState((state) => state.isMoving);
  const dismissedId = useKitState((state) => state.moveDismissedId);
  if (!controller.kit.features.moveHere || !elsewhere || elsewhere.view.id === dismissedId) return null;
  return {
    title: labelOfView(elsewhere.view).title,
    moveProps: button(controller.moveHere, isMoving),
    dismiss: () => controller.kit.cards.dismissMove(elsewhere.view.id),
  };
}

/**
 * The sheet that names the people before a call starts; null when it is closed.
 *
 * @example
 * const sheet = useStartCallSheet();
 * return sheet && <button {...sheet.joinProps}>Ring {sheet.title}</button>;
 */
export function useStartCallSheet(): Omit<StartCallSheetProps, 'deviceMenu'> | null {
  const { kit } = useController();
  const sheet = useKitState((state) => state.sheet);
  const isNarrow = useIsNarrow();
  if (!sheet) return null;
  const line = oneLine(sheet.line);
  const over = Math.max(0, countCharacters(line) - callLineCharacters);
  return {
    people: [...sheet.label.people],
    title: sheet.label.title,
    line: sheet.line,
    setLine: kit.cards.setLine,
    charactersOver: over,
    joinProps: {
      ...button(() => sheet.go(isVisible(line) ? line : '')),
      disabled: over > 0,
    },
    cancel: kit.cards.closeSheet,
    isNarrow,
  };
}
