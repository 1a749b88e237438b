import { type NotifyWhileAway, showWhileAway } from './notify-while-away';

/** What draws the eye to a call outside the page: tab title, favicon, notification, vibration. */
export type RingingHint = {
  callId: string;
  title: string;
  /** True when the app shows the title itself (`useRingingTitle`): two owners of one title would fight. */
  isTitleShown: boolean;
};

export type Attention = {
  /** The call that rings, or null; repeating it changes nothing. */
  ring(hint: RingingHint | null): void;
  /** Keeps the screen of a phone on while true. */
  keepAwake(isInCall: boolean): void;
  close(): void;
};

const blinkMs = 1200;
const shakeMs = 2000;
const ringIcon =
  'data:image/svg+xml,' +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="16" fill="#1f8a4c"/><path d="M11 8l3 5-2 2a9 9 0 0 0 5 5l2-2 5 3c0 2-2 4-4 4C13 25 7 19 7 12c0-2 2-4 4-4z" fill="#fff"/></svg>',
  );

/**
 * Uses what the browser offers; skips each way that is missing or forbidden.
 *
 * @param notify shows the notification. Default: the kit's own
 */
export function createAttention(notify: NotifyWhileAway = showWhileAway): Attention {
  let current: RingingHint | null = null;
  let ringing: { rename(title: string): void; stop(): void } | null = null;
  let wakeLock: WakeLockSentinel | null = null;
  let isInCall = false;

  function start({ callId, title, isTitleShown }: RingingHint) {
    const blink = (words: string) => (isTitleShown ? () => {} : blinkTitle(words));
    let stopTitle = blink(title);
    const stopIcon = showIcon();
    const notice = notify(callId, title);
    shake([300, 200, 300]);
    // A pattern ends after some seconds; a ring goes on.
    const timer = setInterval(() => shake([300, 200, 300]), shakeMs);
    return {
      /** The caller's name has come: the same ring in other words, so that nothing shakes or sounds again. */
      rename(words: string) {
        stopTitle();
        stopTitle = blink(words);
        notice.rename(words);
      },
      stop() {
        stopTitle();
        stopIcon();
        notice.stop();
        clearInterval(timer);
        shake(0);
      },
    };
  }

  async function applyWakeLock() {
    if (isInCall && !wakeLock && document.visibilityState === 'visible' && 'wakeLock' in navigator) {
      const lock = await navigator.wakeLock.request('screen').catch(() => null);
      // The call may be over by now, or another request may have been quicker.
      if (wakeLock || !isInCall) void lock?.release().catch(() => {});
      else wakeLock = lock;
      lock?.addEventListener('release', () => {
        if (wakeLock === lock) wakeLock = null;
      });
    }
    if (!isInCall && wakeLock) {
      void wakeLock.release().catch(() => {});
      wakeLock = null;
    }
  }

  // A wake lock is let go whenever the page is hidden.
  const onVisible = () => void applyWakeLock();
  document.addEventListener('visibilitychange', onVisible);

  return {
    ring(hint) {
      const before = current;
      current = hint;
      if (hint?.callId === before?.callId) {
        if (hint && hint.title !== before?.title) ringing?.rename(hint.title);
        return;
      }
      ringing?.stop();
      ringing = hint ? start(hint) : null;
    },
    keepAwake(next) {
      if (next === isInCall) return;
      isInCall = next;
      void applyWakeLock();
    },
    close() {
      ringing?.stop();
      ringing = null;
      isInCall = false;
      void applyWakeLock();
      document.removeEventListener('visibilitychange', onVisible);
    },
  };
}

function shake(pattern: number | number[]) {
  // Not before the person has touched the page: the browser refuses, and complains on the console.
  if (navigator.userActivation?.hasBeenActive === false) return;
  try {
    navigator.vibrate?.(pattern);
  } catch {
    // Forbidden by a policy: then it rings without.
  }
}

function blinkTitle(title: string): () => void {
  let before = document.title;
  let isOurs = false;
  const show = () => {
    // Restores the app's own title at the end, also one that the app has changed in the meantime.
    if (document.title !== title) before = document.title;
    isOurs = !isOurs;
    document.title = isOurs ? title : before;
  };
  show();
  const timer = setInterval(show, blinkMs);
  return () => {
    clearInterval(timer);
    if (document.title === title) document.title = before;
  };
}

function showIcon(): () => void {
  const icons = [...document.querySelectorAll<HTMLLinkElement>('link[rel~="icon"]')];
  const ours = document.createElement('link');
  ours.rel = 'icon';
  ours.href = ringIcon;
  for (const icon of icons) icon.rel = 'x-parley-icon';
  document.head.append(ours);
  return () => {
    ours.remove();
    for (const icon of icons) icon.rel = 'icon';
  };
}
