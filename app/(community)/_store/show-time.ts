/** The words of the interface are English, so dates follow the reader's English, else British. */
function locale(): string {
  const own = typeof navigator === 'undefined' ? 'en-GB' : navigator.language;
  return own.startsWith('en') ? own : 'en-GB';
}

const formats = new Map<string, Intl.DateTimeFormat>();
function format(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const made = formats.get(name) ?? new Intl.DateTimeFormat(locale(), options);
  formats.set(name, made);
  return made;
}

/** Whole days between two moments by the reader's calendar; 0 is today. */
function daysAgo(at: number, now: number): number {
  const midnight = (ms: number) => new Date(ms).setHours(0, 0, 0, 0);
  return Math.round((midnight(now) - midnight(at)) / 86_400_000);
}

export function clockText(at: number): string {
  return format('clock', { hour: 'numeric', minute: '2-digit' }).format(at);
}

/** "Today", "Yesterday", "Monday 9 March"; with the year when it is another one. */
export function dayText(at: number, now: number = Date.now()): string {
  const days = daysAgo(at, now);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return isThisYear
    ? format('day', { weekday: 'long', day: 'numeric', month: 'long' }).format(at).replace(', ', ' ')
    : format('day-year', { day: 'numeric', month: 'long', year: 'numeric' }).format(at);
}

/** For a list: the time today, the weekday this week, else the date. */
export function shortText(at: number, now: number = Date.now()): string {
  const days = daysAgo(at, now);
  if (days <= 0) return clockText(at);
  if (days < 7) return format('weekday', { weekday: 'short' }).format(at);
  return format('date', { day: 'numeric', month: 'short' }).format(at);
}

/** "Monday 9 March 2026, 12:08": the whole of it, for hovering. */
export function wholeText(at: number): string {
  return format('whole', { dateStyle: 'full', timeStyle: 'short' }).format(at);
}
