import { type NoticeWhileAway, showWhileAway } from '@parley/call-kit';
import { isRungByPush } from './push-owner';

/** How long the push may take before the page notifies by itself. */
const workerTakesMs = 3000;

/**
 * Notifies of a ring while its window is not in front. Where the service worker does it, with buttons, the page leaves it
 * to the worker, unless no push comes; of one that comes later the worker says so, and the page's own is withdrawn.
 */
export function notifyBesideWorker(myId: string, callId: string, title: string): NoticeWhileAway {
  if (!isRungByPush(myId)) return showWhileAway(callId, title);
  let words = title;
  let own: NoticeWhileAway | null = null;
  let isOver = false;
  const workers = navigator.serviceWorker;
  const timer = setTimeout(() => {
    isShownByWorker(callId).then((isShown) => {
      if (!isShown && !isOver) own = showWhileAway(callId, words);
    }, reportError);
  }, workerTakesMs);
  const onMessage = ({ data }: MessageEvent<unknown>) => {
    if (!isAbout(data, callId)) return;
    clearTimeout(timer);
    own?.stop();
    own = null;
  };
  workers.addEventListener('message', onMessage);
  return {
    rename(next) {
      words = next;
      own?.rename(next);
    },
    stop() {
      isOver = true;
      clearTimeout(timer);
      workers.removeEventListener('message', onMessage);
      own?.stop();
      // At once, where a push would take a moment.
      workers.ready.then(
        ({ active }) => active?.postMessage({ type: 'parley-close', about: callId }),
        reportError,
      );
    },
  };
}

async function isShownByWorker(callId: string): Promise<boolean> {
  const registration = await navigator.serviceWorker.getRegistration();
  return ((await registration?.getNotifications({ tag: callId })) ?? []).length > 0;
}

/** The worker's word that it shows this call. */
function isAbout(data: unknown, callId: string): boolean {
  const { type, about } = (data ?? {}) as { type?: unknown; about?: unknown };
  return type === 'parley-shown' && about === callId;
}
