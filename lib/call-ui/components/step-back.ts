import type { KeyboardEvent } from 'react';

/**
 * Escape goes back one size, unless something nearer takes it: an open menu, or a field that is being written in.
 *
 * @param back null where there is nothing to go back to
 * @returns for the surface
 */
export function stepBack(back: (() => void) | null) {
  return (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== 'Escape' || event.defaultPrevented || !back) return;
    const { target, currentTarget } = event;
    const isNearer =
      currentTarget.querySelector('[data-popup-open]') !== null ||
      (target instanceof Element &&
        target.closest('[role="dialog"], [role="menu"], input, textarea, select, [contenteditable]') !==
          null);
    if (!isNearer) back();
  };
}
