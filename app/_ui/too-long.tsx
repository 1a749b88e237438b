import { useText } from '../_language/text-provider';
import ui from './ui.module.css';

/** How many characters of a field's text the server would refuse; it counts UTF-16 units of the trimmed text. */
export const charactersOver = (text: string, limit: number): number =>
  Math.max(0, text.trim().length - limit);

/**
 * Says how many characters are too many. Nothing is cut: a paste that does not fit stays for its author to
 * shorten. The element is always there, so that screen readers announce what appears in it.
 */
export function TooLong({ id, text, limit }: { id: string; text: string; limit: number }) {
  const t = useText();
  const over = charactersOver(text, limit);
  return (
    <p className={ui.tooLong} id={id} role="status">
      {over > 0 && <span>{t('ui.tooLong', { count: over })}</span>}
    </p>
  );
}
