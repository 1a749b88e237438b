import { vi } from 'vitest';

const nothing = () => {};

/** What jsdom lacks of a layout: nothing changes its size or scrolls into view, and no media query matches. */
export function stubLayout(): void {
  const observer = class {
    observe = nothing;
    disconnect = nothing;
  };
  vi.stubGlobal('ResizeObserver', observer);
  vi.stubGlobal('IntersectionObserver', observer);
  vi.stubGlobal('matchMedia', () => ({
    matches: false,
    addEventListener: nothing,
    removeEventListener: nothing,
  }));
}
