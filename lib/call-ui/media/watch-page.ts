/**
 * Calls back when the page goes away or is frozen. `beforeunload` is not among the signs: the page stays when the
 * person says so, when the address turns out to be a download, or when they press stop.
 *
 * @returns stops it
 */
export function watchPage(onPageGone: () => void): () => void {
  window.addEventListener('pagehide', onPageGone);
  document.addEventListener('freeze', onPageGone);
  return () => {
    window.removeEventListener('pagehide', onPageGone);
    document.removeEventListener('freeze', onPageGone);
  };
}
