import 'server-only';
import type { Writable } from 'node:stream';
import type { Viewer } from '@/lib/viewer';
import type { FanOut } from './fan-out';
import { Outbox } from './outbox';
import { bytesOf } from './write-event';

/** The headers of a response that is an event stream; proxies are asked to hold nothing back. */
export const eventStreamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
};

const reconnectSoon = new TextEncoder().encode('retry: 1000\n\n');

/**
 * Opens the event stream of `GET /api/events`, which lasts until the client goes, the sign-in is revoked or the
 * server stops.
 *
 * @param stillSignedIn Called once the stream is registered, because a sign-in revoked just before would
 * otherwise slip through.
 * @returns sends it to the client, from the snapshot on
 * @throws {AppError} rate_limited — when this sign-in or person has too many streams open
 */
export function openEventStream(
  fanOut: FanOut,
  viewer: Viewer,
  stillSignedIn: () => Promise<boolean>,
): (client: Writable) => void {
  let isOver = false;
  /** The first end counts. */
  const once = (end: () => void) => () => {
    if (isOver) return;
    isOver = true;
    end();
  };
  const outbox = new Outbox();
  outbox.send(reconnectSoon);
  const stream = fanOut.open(viewer, {
    send: (event) => {
      if (isOver || outbox.send(bytesOf(event))) return;
      isOver = true;
      outbox.breakOff();
      stream.close();
    },
    whenDrained: () => outbox.whenDrained(),
    close: once(() => outbox.close()),
  });
  const leave = once(() => {
    outbox.close();
    stream.close();
  });
  stillSignedIn().then((isSignedIn) => {
    if (!isSignedIn) leave();
  }, leave);
  return (client) =>
    outbox.flowTo(
      client,
      once(() => stream.drop()),
    );
}
