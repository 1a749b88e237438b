/**
 * How long the script of the blur may take to load, and then its model, in milliseconds. A line that needs longer for
 * 3 MB carries no video either.
 */
const loadLimitMs = 30_000;

/**
 * Runs a piece of loading for 30 s at most.
 *
 * @param load ends its downloads when the signal is aborted
 * @throws a `TimeoutError` when it took longer; what comes then is lost
 */
export async function withinLoadLimit<T>(load: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(loadLimitMs);
  const late = new Promise<never>((_resolve, fail) => {
    signal.addEventListener('abort', () => fail(signal.reason));
  });
  return Promise.race([load(signal), late]);
}
