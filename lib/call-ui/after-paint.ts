/** A covered or slow page may paint nothing for a while, in milliseconds. */
const latestMs = 150;

/**
 * Does `work` once what has just changed is on the screen: whatever runs before keeps the person waiting for it. At once
 * in a page that is hidden, and so paints nothing.
 *
 * @returns cancels it
 */
export function afterPaint(work: () => void): () => void {
  if (document.visibilityState !== 'visible') {
    work();
    return () => {};
  }
  let timer = setTimeout(finish, latestMs);
  const frame = requestAnimationFrame(() => {
    // The frame is painted once its callbacks have run; a timer comes after that.
    clearTimeout(timer);
    timer = setTimeout(finish, 0);
  });
  function cancel() {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
  }
  function finish() {
    cancel();
    work();
  }
  return cancel;
}
