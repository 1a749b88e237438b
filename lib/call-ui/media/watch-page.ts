/**
 * Calls back when the page goes away or is frozen. `beforeunload` is not among the signs: the page stays when the
 * person says so, when the address turns out to be a download, or when they press stop.
 *
 * @returns stops it
 */
export function watchPage(onGone: () => void): () => void {
  window.addEventListener('pagehide', onGone);
  document.addEventListener('freeze', onGone);
  return () => {
    window.removeEventListener('pagehide', onGone);
    document.removeEventListener('freeze', onGone);
  };
}
