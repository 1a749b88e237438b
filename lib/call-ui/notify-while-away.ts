import { holdLock, type Locks } from './between-tabs';
import { browserFront, type Front } from './in-front';

const browserLocks = (): Locks | null => globalThis.navigator?.locks ?? null;

/**
 * Shows a system notification for as long as the person is elsewhere: in another program or window. Of the tabs of a
 * browser one shows it, and none while another tab is in front. Where notifications are not allowed it shows nothing.
 *
 * @param tag the same in every tab
 * @param open called when the person presses the notification, whose tab comes to the front
 * @returns stops showing it
 * @example
 * useEffect(() => notifyWhileAway('call-back', 'Time to call Bob back'), []);
 */
export function notifyWhileAway(
  tag: string,
  title: string,
  open?: () => void,
  browser?: { front: Front; locks: Locks | null },
): () => void {
  return showWhileAway(tag, title, open, browser).stop;
}

/**
 * A notification for as long as the person is elsewhere.
 *
 * @example
 * const none: NoticeWhileAway = { rename: () => {}, stop: () => {} };
 */
export type NoticeWhileAway = {
  /** Puts other words in the place of those that show, without drawing the eye again. */
  rename(title: string): void;
  stop(): void;
};

/**
 * Notifies of a ring for as long as the person is elsewhere; `showWhileAway`, or what an app does in its place because its
 * service worker shows rings.
 *
 * @example
 * const notifyOfRing: NotifyWhileAway = (callId, title) => showWhileAway(`ring ${callId}`, title);
 */
export type NotifyWhileAway = (callId: string, title: string) => NoticeWhileAway;

/**
 * As `notifyWhileAway`, for words that may change.
 *
 * @example
 * const notifyOfRing: NotifyWhileAway = (callId, title) =>
 *   isShownByWorker(callId) ? { rename: () => {}, stop: () => {} } : showWhileAway(callId, title);
 */
export function showWhileAway(
  tag: string,
  title: string,
  open: () => void = () => {},
  { front, locks }: { front: Front; locks: Locks | null } = { front: browserFront, locks: browserLocks() },
): NoticeWhileAway {
  let isFront = front.isInFront();
  let words = title;
  /** Of this tab, while it shows. */
  let current: Shown | null = null;
  const show = (): Shown | null => {
    if (isFront) return null;
    const shown = { notification: notify(tag, words, open), close };
    function close() {
      shown.notification?.close();
      if (current === shown) current = null;
    }
    current = shown;
    return shown;
  };
  function takeTurn(): () => void {
    if (locks) return takeLock(locks);
    const shown = show();
    return () => shown?.close();
  }
  /** The tab in front takes the lock from the tab that shows the notification; the others wait for it. */
  function takeLock(from: Locks): () => void {
    const waiting = new AbortController();
    const { signal } = waiting;
    let shown: Shown | null = null;
    let release = () => {};
    const hold = () => {
      if (signal.aborted) return undefined;
      shown = show();
      return new Promise<void>((resolve) => (release = resolve));
    };
    async function compete(how: { signal: AbortSignal } | { steal: true }): Promise<void> {
      const end = await holdLock(from, `parley-notice ${tag}`, how, hold);
      if (signal.aborted) return;
      shown?.close();
      shown = end === 'refused' ? show() : null;
      if (end === 'stolen' && !isFront) await compete({ signal });
    }
    void compete(isFront ? { steal: true } : { signal });
    return () => {
      waiting.abort();
      release();
      shown?.close();
    };
  }
  let giveBack = takeTurn();
  const stop = front.onChange(() => {
    if (isFront === front.isInFront()) return;
    isFront = !isFront;
    giveBack();
    giveBack = takeTurn();
  });
  return {
    rename(next) {
      words = next;
      // The same tag takes the place of the one that shows.
      if (current) current.notification = notify(tag, words, open, true) ?? current.notification;
    },
    stop() {
      stop();
      giveBack();
    },
  };
}

/** A notification that shows, whichever words it has now. */
type Shown = { notification: Notification | null; close(): void };

function notify(tag: string, title: string, open: () => void, silent = false): Notification | null {
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return null;
  try {
    // The same tag: where tabs have no locks, several of one browser still show it once.
    const notification = new Notification(title, { tag, requireInteraction: true, silent });
    notification.onclick = () => {
      globalThis.focus();
      open();
      notification.close();
    };
    return notification;
  } catch {
    // Chrome on Android only allows them from a service worker.
    return null;
  }
}
