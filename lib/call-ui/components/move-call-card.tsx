import type { MoveCallCardProps } from '../slots';
import style from './alert-card.module.css';
import { Button } from './button';
import { classNames } from './class-names';
import { DevicesIcon } from './icons';
import theme from './theme.module.css';

/**
 * Shown where someone's call runs on another device of theirs.
 *
 * @example
 * const move = useMoveCall();
 * return move && <MoveCallCard {...move} />;
 */
export function MoveCallCard({ title, moveProps }: MoveCallCardProps) {
  return (
    <section role="status" className={classNames(theme.kit, style.card)}>
      <span className={style.icon}>
        <DevicesIcon />
      </span>
      <div className={style.words}>
        <strong className={style.title}>{title}</strong>
        Bring it over to keep talking here.
      </div>
      <Button tone="primary" className={style.action} {...moveProps}>
        Move call here
      </Button>
    </section>
  );
}
