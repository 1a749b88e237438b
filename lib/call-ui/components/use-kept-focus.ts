import { type RefObject, useEffect, useRef } from 'react';

/**
 * Takes the focus when it was lost with what stood here before: accepting, expanding and collapsing a call
 * remove the very button that was pressed. Focus elsewhere on the page is left alone.
 *
 * @returns for the surface, which needs `tabIndex={-1}`.
 */
export function useKeptFocus<Surface extends HTMLElement>(): RefObject<Surface | null> {
  const surface = useRef<Surface>(null);
  useEffect(() => {
    const { activeElement, body } = document;
    if (activeElement === null || activeElement === body) surface.current?.focus({ preventScroll: true });
  }, []);
  return surface;
}
