import type { MoveCallCardProps } from '../slots';
import { useWords } from '../words/use-words';
import { withParts } from '../words/with-parts';
import style from './alert-card.module.css';
import { Button } from './button';
import { CloseIcon, DevicesIcon } from './call-icons';
import { classNames } from './class-names';
import theme from './theme.module.css';

/** Shown while this person's call runs on another device of theirs, or in another tab. */
export function MoveCallCard({ title, moveProps, dismiss }: MoveCallCardProps) {
  const { call, cards } = useWords();
  return (
    <section role="status" className={classNames(theme.kit, style.card)}>
      <span className={style.icon}>
        <DevicesIcon />
      </span>
      <div className={style.words}>
        <strong className={style.title}>{cards.elsewhere}</strong>
        {withParts(cards.bringOver, { title: <bdi>{title}</bdi> })}
      </div>
      <Button tone="primary" className={style.action} {...moveProps}>
        {cards.moveHere}
      </Button>
      {dismiss ? (
        <Button
          tone="quiet"
          size="icon"
          className={style.close}
          aria-label={call.dismiss}
          icon={<CloseIcon size={18} />}
          onClick={dismiss}
        />
      ) : null}
    </section>
  );
}
