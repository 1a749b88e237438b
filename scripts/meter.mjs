import { say } from './progress.mjs';

/** On a terminal the line is drawn anew; in a log there is a new line, so it comes less often. */
const everyMs = { terminal: 500, log: 15_000 };
const mb = (/** @type {number} */ bytes) => `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;

/**
 * How far slow work is. Without a total there is no estimate; without a unit only the share is said.
 * @typedef {{ done: number, total?: number, unit?: string }} Reading
 */

/**
 * @param {Reading} reading
 * @param {number} elapsedMs since the work began
 * @param {number} [doneBefore] what had been done then
 * @returns {string} such as "23 MB of 61 MB, 38 %, about 12 s left"
 */
export function progressWords({ done, total, unit }, elapsedMs, doneBefore = 0) {
  const count = (/** @type {number} */ amount) => (unit === 'bytes' ? mb(amount) : String(amount));
  const what = unit && unit !== 'bytes' ? ` ${unit}` : '';
  if (!total) return `${count(done)}${what}, ${seconds(elapsedMs)} so far`;
  // A total that is an estimate can turn out too low.
  const share = Math.min(done / total, 0.99);
  // The first moments say nothing about the pace.
  const isKnown = done > doneBefore && elapsedMs > 2000;
  const leftMs = isKnown ? (elapsedMs * total * (1 - share)) / (total * share - doneBefore) : undefined;
  return [
    unit && `${count(done)} of ${count(Math.max(total, done))}${what}`,
    `${Math.floor(share * 100)} %`,
    leftMs !== undefined && `about ${seconds(leftMs)} left`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** @returns {string} */
function seconds(/** @type {number} */ ms) {
  const count = Math.max(1, Math.round(ms / 1000));
  return count < 90 ? `${count} s` : `${Math.round(count / 60)} min`;
}

/**
 * Says how far slow work is until it is done.
 * @template T
 * @param {string} label as for `say`
 * @param {Promise<T>} work
 * @param {() => Reading | undefined} read called now and then; undefined while nothing is known
 * @returns {Promise<T>} what the work returns
 */
export async function withMeter(label, work, read) {
  const startedAt = Date.now();
  let from = { done: 0, at: startedAt };
  const isTerminal = process.stdout.isTTY === true;
  /** @type {Reading | undefined} */
  let reading;
  const timer = setInterval(
    () => {
      const now = Date.now();
      const before = reading?.done ?? 0;
      // What was read last stays: a file that is complete is moved from where its size was read.
      reading = read() ?? reading;
      // npm ci first removes what is there: the pace counts from then on.
      if (reading && reading.done < before) from = { done: reading.done, at: now };
      const words = reading?.done
        ? progressWords(reading, now - from.at, from.done)
        : `still at it (${seconds(now - startedAt)})`;
      if (isTerminal) process.stdout.write(`\r\x1b[K  ${label.padEnd(13)} ${words}`);
      else say(label, words);
    },
    isTerminal ? everyMs.terminal : everyMs.log,
  );
  try {
    return await work;
  } finally {
    clearInterval(timer);
    if (isTerminal) process.stdout.write('\r\x1b[K');
  }
}
