import { type PointerEvent, useEffect, useRef } from 'react';

/** How long a press is held before it counts as a long one, in milliseconds: as on Android. */
const longMs = 500;
/** A finger that slides farther than this, in CSS pixels, scrolls. */
const slipPx = 10;

/**
 * Recognizes a press that is held on a button, with a finger, pen or main mouse button.
 *
 * @param onLongPress called once while the press is held
 * @returns the handlers for the button, and whether the press that ends in this click was a long one
 */
export function useLongPress(onLongPress: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const press = useRef({ x: 0, y: 0, hasFired: false });
  const stop = () => clearTimeout(timer.current);
  useEffect(() => () => clearTimeout(timer.current), []);
  /** The click of this press, if there is one, comes before the timeout. */
  const end = () => {
    stop();
    if (press.current.hasFired) setTimeout(() => (press.current.hasFired = false));
  };
  return {
    hasFired: () => press.current.hasFired,
    props: {
      onPointerDown({ button, clientX, clientY }: PointerEvent) {
        stop();
        press.current = { x: clientX, y: clientY, hasFired: false };
        if (button !== 0) return;
        timer.current = setTimeout(() => {
          press.current.hasFired = true;
          onLongPress();
        }, longMs);
      },
      onPointerMove({ clientX, clientY }: PointerEvent) {
        const { x, y } = press.current;
        if (Math.hypot(clientX - x, clientY - y) > slipPx) stop();
      },
      onPointerUp: end,
      onPointerLeave: end,
      onPointerCancel: end,
      onContextMenu(event: { preventDefault: () => void }) {
        // A finger that is held opens the browser's menu as well.
        if (press.current.hasFired) event.preventDefault();
      },
    },
  };
}
