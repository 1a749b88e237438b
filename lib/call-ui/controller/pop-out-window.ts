import type { Kit } from './kit';
import { documentPictureInPicture } from './pictures';

/** The call in a window of its own that stays above all others, with its controls. */
export type PopOutWindow = {
  /** Opens the window, or closes the one that is open. Must be called from a click. */
  toggle(): void;
  /** Follows the call, and lets the browser open the window when the tab goes to the back; stops with the result. */
  run(): () => void;
};

/** Not in the types of the DOM yet. */
const enter = 'enterpictureinpicture' as MediaSessionAction;
const size = { width: 360, height: 260 };

/**
 * Belongs to one entry of one call, not to the part of the page it was opened from: it stays while the person moves
 * about the app, and closes when the call ends, is left, moved or switched.
 *
 * @param listen follows the kit's keys in that window; stops with the function it returns
 */
export function createPopOutWindow(
  kit: Pick<Kit, 'popOut' | 'state'>,
  listen: (window: Window) => () => void,
): PopOutWindow {
  let attempt: number | null = null;
  let open: { window: Window; isAutomatic: boolean; stop: () => void } | null = null;

  function close() {
    attempt = null;
    const was = open;
    open = null;
    kit.popOut.closed();
    was?.stop();
    was?.window.close();
  }

  async function show(isAutomatic: boolean) {
    const wanted = kit.state.get().entry?.attempt;
    const api = documentPictureInPicture();
    if (!api || wanted === undefined || attempt !== null) return;
    attempt = wanted;
    let window: Window;
    try {
      window = await api.requestWindow(size);
    } catch {
      // The browser wants a click, or another page has the one window there is.
      if (attempt === wanted) attempt = null;
      return;
    }
    if (attempt !== wanted || kit.state.get().entry?.attempt !== wanted) {
      window.close();
      return;
    }
    const stops = [dress(window.document), listen(window)];
    const stop = () => {
      for (const each of stops) each();
    };
    open = { window, isAutomatic, stop };
    window.addEventListener('pagehide', () => open?.window === window && close());
    kit.popOut.opened(window);
  }

  function update() {
    if (attempt !== null && kit.state.get().entry?.attempt !== attempt) close();
    offer(kit.state.get().entry !== null);
  }

  let isOffered = false;
  /** Chrome asks the page when its tab goes to the back, and opens the window without a click. */
  function offer(isInCall: boolean) {
    if (isInCall === isOffered || !documentPictureInPicture()) return;
    isOffered = isInCall;
    try {
      navigator.mediaSession.setActionHandler(enter, isInCall ? () => void show(true) : null);
    } catch {
      // A browser without this action: the button is left.
    }
  }

  function onVisible() {
    if (document.visibilityState === 'visible' && open?.isAutomatic) close();
  }

  return {
    toggle() {
      if (attempt === null) void show(false);
      else close();
    },
    run() {
      const stop = kit.state.subscribe(update);
      document.addEventListener('visibilitychange', onVisible);
      update();
      return () => {
        stop();
        document.removeEventListener('visibilitychange', onVisible);
        offer(false);
        close();
      };
    },
  };
}

const sheets = 'link[rel="stylesheet"], style';

/** Gives an empty document the styles, the theme and the language of the page; later styles follow until it is stopped. */
function dress(target: Document): () => void {
  const add = (sheet: Element) => target.head.append(target.importNode(sheet, true));
  for (const sheet of document.querySelectorAll(sheets)) add(sheet);
  // What the window shows is loaded when it opens, and its styles with it.
  const observer = new MutationObserver((records) => {
    for (const node of records.flatMap(({ addedNodes }) => [...addedNodes]))
      if (node instanceof Element && node.matches(sheets)) add(node);
  });
  observer.observe(document.head, { childList: true });
  const { documentElement: page } = document;
  for (const { name, value } of page.attributes) target.documentElement.setAttribute(name, value);
  target.title = document.title;
  return () => observer.disconnect();
}
