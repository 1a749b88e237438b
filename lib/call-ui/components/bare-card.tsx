import { useFirstWords } from '../words/words-context';
import style from './bare-card.module.css';
import { Button } from './button';
import { classNames } from './class-names';
import theme from './theme.module.css';

/** What a refusal says, or that a question cannot be shown, while the chunk that draws them could not be loaded. */
export function BareCard({ title, detail, close }: { title: string; detail: string; close: () => void }) {
  const words = useFirstWords();
  return (
    <section role="alert" className={classNames(theme.kit, style.card)}>
      <strong>{title}</strong>
      <span>{detail}</span>
      <Button onClick={close}>{words.call.dismiss}</Button>
    </section>
  );
}
