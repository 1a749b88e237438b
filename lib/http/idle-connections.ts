import 'server-only';
import { subscribe } from 'node:diagnostics_channel';
import type { Server } from 'node:http';

const againMs = 50;

/**
 * Makes a stop quick. A web server in front keeps connections open for later requests, and Node's `close` ends only
 * those that are idle at that moment: a stream that has just ended would delay the stop by its keep-alive time, 5 s.
 *
 * @returns call it at the stop: idle connections are closed from then on
 */
export function watchIdleConnections(): () => void {
  const servers = new Set<Server>();
  subscribe('http.server.request.start', (message) => {
    servers.add((message as { server: Server }).server);
  });
  return () => {
    const closeIdle = () => {
      for (const server of servers) server.closeIdleConnections();
    };
    closeIdle();
    setInterval(closeIdle, againMs).unref();
  };
}
