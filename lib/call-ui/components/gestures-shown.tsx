'use client';
import type { GesturesState } from '../hooks/use-gestures';
import { useWords } from '../words/use-words';
import { classNames } from './class-names';
import style from './gestures-shown.module.css';
import { reactionSigns } from './reaction-signs';
import theme from './theme.module.css';

/** What `useGestures` returns of everyone in the call. */
export type GesturesShownProps = Pick<GesturesState, 'hands' | 'reactions'>;

/**
 * Raised hands in their order, and reactions as they come, over the call and in words for screen readers.
 *
 * @example
 * const { hands, reactions } = useGestures();
 * return <GesturesShown hands={hands} reactions={reactions} />;
 */
export function GesturesShown({ hands, reactions }: GesturesShownProps) {
  const { toolbar } = useWords();
  const names = hands.map(({ displayName }) => displayName);
  return (
    <div className={classNames(theme.kit, style.layer)}>
      {hands.length > 0 ? (
        // Each raised hand stands with its number on its person: the list in its order is for screen readers.
        <ol className={theme.hidden} aria-label={toolbar.raisedHands}>
          {hands.map(({ id, displayName }) => (
            <li key={id}>{displayName}</li>
          ))}
        </ol>
      ) : null}
      {/* Each reaction stands on its person; where there are no faces, here. */}
      <div className={style.reactions} aria-hidden="true">
        {reactions.map(({ id, person, reaction }) => (
          <span key={id} className={style.reaction}>
            <span className={style.sign}>{reactionSigns[reaction]}</span>
            <bdi className={theme.clip}>{person.displayName}</bdi>
          </span>
        ))}
      </div>
      <div role="status" className={theme.hidden}>
        {names.length > 0 ? toolbar.raisedHandsOf({ names }) : ''}
      </div>
      <div role="log" aria-label={toolbar.reactions} className={theme.hidden}>
        {reactions.map(({ id, person, reaction }) => (
          <p key={id}>
            {toolbar.reactionOf({ name: person.displayName, reaction: toolbar.reaction[reaction] })}
          </p>
        ))}
      </div>
    </div>
  );
}
