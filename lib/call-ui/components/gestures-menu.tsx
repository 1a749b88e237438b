'use client';
import { type Reaction, reactionSchema } from '@parley/call-protocol';
import { useContext } from 'react';
import { useWords } from '../words/use-words';
import { HandIcon } from './call-icons';
import { CloseMenuContext } from './close-menu-context';
import style from './gestures-menu.module.css';
import { reactionSigns } from './reaction-signs';

/** Reactions and the hand of a call, as `useGestures` returns them. */
export type GesturesMenuProps = {
  /** Without a connection the others see neither. */
  isDisabled: boolean;
  isHandRaised: boolean;
  /** Null: without a hand. */
  toggleHand: (() => void) | null;
  /** Null: without reactions. */
  react: ((reaction: Reaction) => void) | null;
};

/**
 * Six reactions, and the hand: what a menu of the toolbar opens.
 *
 * @example
 * <CallToolbar {...useCallControls()} gestures={<GesturesMenu {...useGestures()} isDisabled={false} />} />
 */
export function GesturesMenu({ isDisabled, isHandRaised, toggleHand, react }: GesturesMenuProps) {
  const closeMenu = useContext(CloseMenuContext);
  const { toolbar } = useWords();
  return (
    <div className={style.menu}>
      {react ? (
        <div className={style.signs}>
          {reactionSchema.options.map((reaction) => (
            <button
              key={reaction}
              type="button"
              className={style.sign}
              aria-label={toolbar.reaction[reaction]}
              title={toolbar.reaction[reaction]}
              disabled={isDisabled}
              onClick={() => react(reaction)}
            >
              {reactionSigns[reaction]}
            </button>
          ))}
        </div>
      ) : null}
      {toggleHand ? (
        <button
          type="button"
          className={style.hand}
          aria-pressed={isHandRaised}
          disabled={isDisabled}
          onClick={() => {
            toggleHand();
            closeMenu();
          }}
        >
          <HandIcon size={18} />
          {isHandRaised ? toolbar.lowerHand : toolbar.raiseHand}
        </button>
      ) : null}
    </div>
  );
}
