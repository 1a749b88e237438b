import 'server-only';

/**
 * Lets work that can wait go on one piece per turn of the event loop, in the order of asking, so that
 * requests and rings get in between. Two hundred streams that each read a new message would otherwise
 * hold up everything for a third of a second.
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
