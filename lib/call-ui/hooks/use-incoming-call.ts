import type { CallView, Person } from '@parley/call-protocol';
import { useEffect } from 'react';
import { type HeldCall, ringMsLeft } from '../call-store';
import { clockNow } from '../clock';
import { labelOfView } from '../controller/call-label';
import { incomingCalls, ringerOf, ringingPieces } from '../controller/kit-state';
import { acceptMark } from '../controller/owners/incoming-focus';
import type { ReplyWords } from '../controller/replying';
import { useController } from '../controller-context';
import type { ShortcutAction } from '../preferences';
import { shortcutAria, shortcutText } from '../shortcuts';
import type { AlsoCalling } from '../slots';
import type { ButtonProps } from '../view-models';
import { useFirstWords } from '../words/words-context';
import { useKitPieces, useKitState, useNow } from './use-kit';

/** One call that rings here, with what its window needs. */
export type IncomingCallState = {
  call: CallView;
  caller: Person;
  /** The group's title; null in a direct call. */
  groupTitle: string | null;
  accept: () => void;
  decline: () => void;
  /**
   * Declines with a message; `callBackInMinutes` promises to call back, in a direct conversation. Null where the app
   * does without replies.
   */
  reply: ((words: ReplyWords) => void) | null;
  /** Whether a reply may promise to call back. */
  canPromiseCallBack: boolean;
  msLeft: number;
  sound: { isBlocked: boolean; unblock: () => void };
  acceptProps: ButtonProps;
  declineProps: ButtonProps;
  /** Puts this call's window on top. */
  bringToFront: () => void;
  /** On the top window while others wait beneath it: who calls, too, and the way to the next one. */
  alsoCalling: AlsoCalling | null;
  /** The keys that work on this call: those of the one on top, null for the others. */
  shortcuts: { accept: string; decline: string } | null;
};

/**
 * The calls that ring here: first the one on top, which is the oldest or the one that the person has put there,
 * then the others by age. Using it counts as showing their windows: the callers read that it rings.
 *
 * @example
 * const rings = useIncomingCalls();
 * return rings.map((ring) => <MyWindow key={ring.call.id} {...ring} />);
 */
export function useIncomingCalls(): IncomingCallState[] {
  const state = useKitPieces(ringingPieces);
  const isSoundBlocked = useKitState((whole) => whole.isSoundBlocked);
  // A deadline that has passed removes a call from the list.
  useKitState((whole) => whole.deadlinesPassed);
  const controller = useController();
  const catalogue = useFirstWords();
  const words = catalogue.incoming;
  const hasRings = useKitState((whole) =>
    [...whole.store.calls.values()].some(({ view }) => view.myRing !== null),
  );
  const tick = useNow(hasRings ? 500 : null);
  const now = Math.max(tick, clockNow());
  const rings = incomingCalls(state, now);

  const shown = rings.map(({ view }) => `${view.id} ${view.myRing?.id}`).join(',');
  useEffect(() => {
    for (const pair of shown === '' ? [] : shown.split(',')) {
      const [callId = '', ringId = ''] = pair.split(' ');
      controller.confirmShown(callId, ringId);
    }
    controller.kit.incomingFocus.ensure();
  }, [controller, shown]);

  return rings.flatMap((held, index) => describe(held, index));

  function bringToFront({ view }: HeldCall) {
    if (view.myRing) controller.kit.rings.bringToFront(view.myRing.id);
  }

  function alsoCalling(): AlsoCalling | null {
    const [next, ...rest] = rings.slice(1);
    const caller = next && ringerOf(next.view);
    if (!caller) return null;
    const names = [caller, ...rest.flatMap(({ view }) => ringerOf(view) ?? [])].map((who) => who.displayName);
    return {
      text: words.alsoCalling({ count: names.length, names }),
      label: words.show({ name: caller.displayName }),
      caller,
      show: () => bringToFront(next),
    };
  }

  function describe(held: HeldCall, index: number): IncomingCallState[] {
    const { view } = held;
    const caller = ringerOf(view);
    if (!caller) return [];
    const accept = () => controller.accept(view.id);
    const decline = () => controller.decline(view.id);
    const keys = (...actions: ShortcutAction[]) =>
      index === 0 ? { 'aria-keyshortcuts': actions.map((action) => shortcutAria(action)).join(' ') } : {};
    const { features } = controller.kit;
    const unblock = () => controller.kit.alerts.sound()?.unblock();
    return [
      {
        call: view,
        caller,
        groupTitle: view.conversation.kind === 'group' ? labelOfView(view).title : null,
        accept,
        decline,
        reply: features.replies ? (words) => controller.reply(view.id, words) : null,
        canPromiseCallBack: features.callBacks,
        msLeft: ringMsLeft(held, now) ?? 0,
        sound: { isBlocked: isSoundBlocked, unblock },
        bringToFront: () => bringToFront(held),
        alsoCalling: index === 0 ? alsoCalling() : null,
        acceptProps: {
          type: 'button',
          onClick: accept,
          [acceptMark]: view.id,
          ...keys('accept', 'incoming'),
        },
        declineProps: { type: 'button', onClick: decline, ...keys('decline') },
        shortcuts:
          index === 0
            ? {
                accept: shortcutText('accept', catalogue),
                decline: shortcutText('decline', catalogue),
              }
            : null,
      },
    ];
  }
}

/**
 * The call on top of those that ring here, or null; see `useIncomingCalls`.
 *
 * @example
 * const ring = useIncomingCall();
 * return ring && <button {...ring.acceptProps}>Answer {ring.caller.displayName}</button>;
 */
export function useIncomingCall(): IncomingCallState | null {
  return useIncomingCalls()[0] ?? null;
}
