import 'server-only';

/**
 * Runs work that can wait one piece per turn of the event loop, in the order of the calls, so that requests and
 * rings run in between. Two hundred streams that each read a new message would otherwise block the process for a
 * third of a second.
 *
 * @returns a function whose promise resolves when it is the caller's turn
 */
export function makeTurns(): () => Promise<void> {
  const waiting: (() => void)[] = [];
  let isRunning = false;
  const next = () => {
    const go = waiting.shift();
    if (!go) {
      isRunning = false;
      return;
    }
    go();
    // Not all at once: Node runs every immediate that stands in line before it looks at sockets again.
    setImmediate(next);
  };
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (isRunning) return;
      isRunning = true;
      setImmediate(next);
    });
}
