import type { RefusalAlertProps } from '../slots';
import { useWords } from '../words/use-words';
import style from './alert-card.module.css';
import { Button } from './button';
import { RefusedIcon } from './call-icons';
import { classNames } from './class-names';
import theme from './theme.module.css';

/** A call that may not or cannot be: what happened in words, one sentence, and nothing rings. */
export function RefusalAlert({ title, detail, dismiss }: RefusalAlertProps) {
  const { call } = useWords();
  return (
    <section role="alert" className={classNames(theme.kit, style.card)}>
      <span className={classNames(style.icon, style.refused)}>
        <RefusedIcon />
      </span>
      <div className={style.words}>
        <strong className={style.title}>{title}</strong>
        {detail}
      </div>
      <Button className={style.action} onClick={dismiss}>
        {call.dismiss}
      </Button>
    </section>
  );
}
