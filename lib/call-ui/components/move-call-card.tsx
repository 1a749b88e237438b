import type { MoveCallCardProps } from '../slots';
import style from './alert-card.module.css';
import { Button } from './button';
import { CloseIcon, DevicesIcon } from './call-icons';
import { classNames } from './class-names';
import theme from './theme.module.css';

/** Shown while this person's call runs on another device of theirs, or in another tab. */
export function MoveCallCard({ title, moveProps, dismiss }: MoveCallCardProps) {
  return (
    <section role="status" className={classNames(theme.kit, style.card)}>
      <span className={style.icon}>
        <DevicesIcon />
      </span>
      <div className={style.words}>
        <strong className={style.title}>You’re in a call on another device</strong>
        <bdi>{title}</bdi>. Bring it over to keep talking here.
      </div>
      <Button tone="primary" className={style.action} {...moveProps}>
        Move call here
      </Button>
      {dismiss ? (
        <Button
          tone="quiet"
          size="icon"
          className={style.close}
          aria-label="Dismiss"
          icon={<CloseIcon size={18} />}
          onClick={dismiss}
        />
      ) : null}
    </section>
  );
}
