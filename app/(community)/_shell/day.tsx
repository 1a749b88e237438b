import { useText } from '../../_language/text-provider';
import { dateText, relativeDayText } from '../_store/show-time';
import { useToday } from '../_store/today';

/** The heading of a day: "Today", "Yesterday", else its date as the reader's language writes it. */
export function Day({ at }: { at: number }) {
  const t = useText();
  const today = useToday();
  const relative = relativeDayText(t, at, today);
  if (relative) return relative;
  return (
    <time dateTime={new Date(at).toISOString()} translate="no">
      {dateText(t, at, today)}
    </time>
  );
}
