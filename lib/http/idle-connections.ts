import 'server-only';
import { subscribe } from 'node:diagnostics_channel';
import type { Server } from 'node:http';

const againMs = 50;

/**
 * A web server before us keeps connections for later requests. A server that closes ends those that
 * are idle at that moment only; one whose stream has just been closed would hold it up for its
 * keep-alive time, 5 s. Called once at boot; what it answers is for a stop: from then on idle
 * connections are ended until the process is.
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
