import type { CallEntry } from '@parley/call-protocol';
import { isRepeat } from '../_store/fold-calls';

export type CallDay = { key: string; at: number; lines: { entry: CallEntry; count: number }[] };

/** Groups entries by the reader's days, newest first; repeats in a row fold into one line with a count. */
export function byDay(entries: readonly CallEntry[]): CallDay[] {
  const days: CallDay[] = [];
  for (const entry of entries) {
    if (entry.outcome === 'live') continue; // listed under "Now"
    const key = new Date(entry.startedAt).toDateString();
    let day = days.at(-1);
    if (day?.key !== key) {
      day = { key, at: entry.startedAt, lines: [] };
      days.push(day);
    }
    const last = day.lines.at(-1);
    if (last && isRepeat(last.entry, entry)) last.count += 1;
    else day.lines.push({ entry, count: 1 });
  }
  return days;
}
