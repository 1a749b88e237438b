import { type PointerEvent, useEffect, useRef } from 'react';

const longPressMs = 500;
/** A finger that moves further scrolls. */
const slackPx = 10;

const preventClick = (event: Event) => event.preventDefault();

/**
 * Handlers for an element that does something when a finger rests on it. A mouse and a pen keep their own ways: hover
 * and the context menu.
 */
export function useLongPress(onLongPress: () => void) {
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number } | null>(null);
  const cancel = () => {
    if (press.current) clearTimeout(press.current.timer);
    press.current = null;
  };
  useEffect(
    () => () => {
      if (press.current) clearTimeout(press.current.timer);
    },
    [],
  );
  return {
    onPointerDown: ({ pointerType, isPrimary, clientX, clientY, target }: PointerEvent) => {
      cancel();
      if (pointerType !== 'touch' || !isPrimary) return;
      const timer = setTimeout(() => {
        press.current = null;
        // Lifting the finger would click what has opened beneath it. Touch events go to where the touch began.
        target.addEventListener('touchend', preventClick, { once: true, passive: false });
        onLongPress();
      }, longPressMs);
      press.current = { timer, x: clientX, y: clientY };
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent) => {
      const from = press.current;
      if (from && Math.hypot(clientX - from.x, clientY - from.y) > slackPx) cancel();
    },
    onPointerUp: cancel,
    onPointerCancel: cancel,
  };
}
