import { useEffect, useRef, useState } from 'react';

/** Longer than what closes is seen to leave (`--slow` in the tokens, 190 ms), in milliseconds. */
const longestLeavingMs = 400;

/**
 * A key for the root of a dialog or popover: it changes once what was open has had its time to leave, so that
 * nothing of it stays. The library removes what it closes when the animations on it have ended, and waits for
 * that without a limit; a scrim that stayed took every press on the page.
 */
export function useClosedKey(isOpen: boolean): number {
  const [key, setKey] = useState(0);
  const wasOpen = useRef(false);
  useEffect(() => {
    if (isOpen) wasOpen.current = true;
    if (isOpen || !wasOpen.current) return;
    const timer = setTimeout(() => setKey((before) => before + 1), longestLeavingMs);
    return () => clearTimeout(timer);
  }, [isOpen]);
  return key;
}
