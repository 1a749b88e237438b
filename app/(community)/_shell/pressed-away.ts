/** The page that opens a conversation by itself. */
const home = '/messages';
let isPressedAway = false;

/**
 * Whether the person on `/messages` has pressed a link that leads away from it. React hydrates a page piece by piece,
 * so the page's own redirect to the last conversation may run after the press, and must not undo it.
 */
export const hasPressedAway = (): boolean => isPressedAway;

/** Notes every press on a link; stops with the function it returns. */
export function watchPresses(): () => void {
  const note = ({ target }: MouseEvent) => {
    const link = target instanceof Element ? target.closest('a') : null;
    if (link) isPressedAway = location.pathname === home && link.pathname !== home;
  };
  document.addEventListener('click', note, true);
  return () => document.removeEventListener('click', note, true);
}
