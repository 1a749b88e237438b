import type { Translate } from '@/languages/translator';

const formats = new Map<string, Intl.DateTimeFormat>();
function format(t: Translate, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${t.locale} ${name}`;
  const made = formats.get(key) ?? new Intl.DateTimeFormat(t.locale, options);
  formats.set(key, made);
  return made;
}

/** Whole days between two moments by the reader's calendar; 0 is today. */
export function daysAgo(at: number, now: number = Date.now()): number {
  const midnight = (ms: number) => new Date(ms).setHours(0, 0, 0, 0);
  return Math.round((midnight(now) - midnight(at)) / 86_400_000);
}

/** "9:05 AM", "09:05": as the language and region write it. */
export function clockText(t: Translate, at: number): string {
  return format(t, 'clock', { timeStyle: 'short' }).format(at);
}

/** "Monday 9 March"; with the year when it is another one. */
export function dateText(t: Translate, at: number, now: number = Date.now()): string {
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  if (!isThisYear) {
    return format(t, 'day-year', { day: 'numeric', month: 'long', year: 'numeric' }).format(at);
  }
  const text = format(t, 'day', { weekday: 'long', day: 'numeric', month: 'long' }).format(at);
  return t.locale.startsWith('en') ? text.replace(', ', ' ') : text;
}

/** "Today", "Yesterday", else null. */
export function relativeDayText(t: Translate, at: number, now: number = Date.now()): string | null {
  const days = daysAgo(at, now);
  if (days === 0) return t('shell.today');
  return days === 1 ? t('shell.yesterday') : null;
}

/** For a list: the time today, the weekday this week, else the date. */
export function shortText(t: Translate, at: number, now: number = Date.now()): string {
  const days = daysAgo(at, now);
  if (days <= 0) return clockText(t, at);
  if (days < 7) return format(t, 'weekday', { weekday: 'short' }).format(at);
  return format(t, 'date', { day: 'numeric', month: 'short' }).format(at);
}

/** "Monday 9 March 2026, 12:08": the whole of it, for hovering. */
export function wholeText(t: Translate, at: number): string {
  return format(t, 'whole', { dateStyle: 'full', timeStyle: 'short' }).format(at);
}
