/** The page that opens a conversation by itself. */
const home = '/messages';
let isPressedAway = false;

/**
 * Whether somebody on `/messages` has pressed a link that leads away from it. Its own way to the last
 * conversation may be ready only after that (a page becomes alive piece by piece), and must not undo the press.
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
