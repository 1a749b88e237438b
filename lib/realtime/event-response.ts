import 'server-only';
import type { Viewer } from '@/lib/viewer';
import type { FanOut } from './fan-out';
import { Outbox } from './outbox';

/**
 * The response of `GET /api/events`: server-sent events until the client goes, the sign-in is revoked
 * or the server stops.
 *
 * @param stillSignedIn Called once the stream is registered, because a sign-in revoked just before would
 * otherwise slip through.
 * @throws {AppError} rate_limited — when this sign-in or person has too many streams open
 */
export function eventResponse(
  fanOut: FanOut,
  viewer: Viewer,
  signal: AbortSignal,
  stillSignedIn: () => Promise<boolean>,
): Response {
  let isOver = false;
  /** The first end counts. */
  const once = (end: () => void) => () => {
    if (isOver) return;
    isOver = true;
    end();
  };
  const outbox = new Outbox(once(() => stream.drop()));
  outbox.send('retry: 1000\n\n');
  const stream = fanOut.open(viewer, {
    send: (event) => {
      if (isOver || outbox.send(`event: ${event.type}\ndata: ${JSON.stringify(event.data)}\n\n`)) return;
      isOver = true;
      outbox.breakOff('the client does not read');
      stream.close();
    },
    whenDrained: () => outbox.whenDrained(),
    close: once(() => outbox.close()),
  });
  const leave = once(() => {
    outbox.close();
    stream.close();
  });
  const gone = once(() => {
    outbox.close();
    stream.drop();
  });
  if (signal.aborted) gone();
  signal.addEventListener('abort', gone, { once: true });
  stillSignedIn().then((isSignedIn) => {
    if (!isSignedIn) leave();
  }, leave);
  return new Response(outbox.body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    },
  });
}
