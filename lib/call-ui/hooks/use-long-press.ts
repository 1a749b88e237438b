import { type PointerEvent, useEffect, useRef } from 'react';

/** How long a press is held before it counts as a long one, in milliseconds: as on Android. */
const longMs = 500;
/** A finger that slides farther than this, in CSS pixels, scrolls. */
const slipPx = 10;

const preventClick = (event: Event) => event.preventDefault();

/**
 * Recognizes a press that is held.
 *
 * @param onLongPress called once while the press is held
 * @param pointers `touch`: fingers alone, where a mouse has hover and the context menu. Default: a finger, a pen and
 *   the main mouse button
 * @returns the handlers for the element, and whether the press that ends in this click was a long one
 * @example
 * const hold = useLongPress(() => setOpen(true), 'touch');
 * return <li {...hold.props}>…</li>;
 */
export function useLongPress(onLongPress: () => void, pointers: 'touch' | 'any' = 'any') {
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
      onPointerDown({ button, clientX, clientY, isPrimary, pointerType, target }: PointerEvent) {
        stop();
        press.current = { x: clientX, y: clientY, hasFired: false };
        if (button !== 0 || !isPrimary || (pointers === 'touch' && pointerType !== 'touch')) return;
        timer.current = setTimeout(() => {
          press.current.hasFired = true;
          // Lifting the finger would click what has opened beneath it. Touch events go to where the touch began.
          if (pointerType === 'touch')
            target.addEventListener('touchend', preventClick, { once: true, passive: false });
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
