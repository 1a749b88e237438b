import 'server-only';
import type { Viewer } from '@/lib/viewer';
import type { Hub } from './hub';

/** A client that does not read is let go when this many events wait for it (STACK.md, section 5). */
const maxWaiting = 64;

/**
 * The answer of `GET /api/events`: server-sent events until the client goes, the sign-in is revoked
 * or the server stops. `stillSignedIn` is asked once the stream is registered, because a sign-in
 * revoked just before would otherwise slip through.
 */
export function eventResponse(
  hub: Hub,
  viewer: Viewer,
  signal: AbortSignal,
  stillSignedIn: () => Promise<boolean>,
): Response {
  const text = new TextEncoder();
  let opened: ReturnType<Hub['open']> | null = null;
  let isOver = false;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const finish = (how: () => void, why: 'close' | 'drop' = 'close') => {
        if (isOver) return;
        isOver = true;
        how();
        opened?.[why]();
      };
      controller.enqueue(text.encode('retry: 1000\n\n'));
      opened = hub.open(viewer, {
        send: (event) => {
          if (isOver) return;
          if ((controller.desiredSize ?? 0) < -maxWaiting) {
            finish(() => controller.error(new Error('the client does not read')));
            return;
          }
          controller.enqueue(text.encode(`event: ${event.type}\ndata: ${JSON.stringify(event.data)}\n\n`));
        },
        close: () => finish(() => controller.close()),
      });
      const leave = () => finish(() => controller.close());
      const gone = () => finish(() => controller.close(), 'drop');
      if (signal.aborted) gone();
      signal.addEventListener('abort', gone, { once: true });
      stillSignedIn().then(
        (isSignedIn) => {
          if (!isSignedIn) leave();
        },
        () => leave(),
      );
    },
    cancel() {
      isOver = true;
      opened?.drop();
    },
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    },
  });
}
