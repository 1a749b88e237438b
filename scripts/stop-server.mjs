/** Connections are looked at this often. */
const againMs = 50;

/**
 * Takes no more connections and resolves when the last one is closed. A web server in front keeps connections open
 * for later requests, and Node's `close` ends only those that are idle at that moment: a stream that has just ended
 * would delay the stop by its keep-alive time, 5 s.
 * @param {import('node:http').Server} server
 * @returns {Promise<void>}
 */
export async function stopServer(server) {
  const closeIdle = setInterval(() => server.closeIdleConnections(), againMs);
  await new Promise((resolve) => server.close(resolve));
  clearInterval(closeIdle);
}
