/**
 * Where this machine itself reaches what listens on `host`: every address (0.0.0.0, ::) includes
 * loopback, and IPv6 stands in brackets.
 * @param {string} host
 * @param {number} port
 * @returns {string} an origin, such as http://127.0.0.1:3000; may be no valid one if `host` is not
 */
export function ownAddress(host, port) {
  if (host === '0.0.0.0') return `http://127.0.0.1:${port}`;
  if (host === '::') return `http://[::1]:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** @param {string} host */
export function isEveryAddress(host) {
  return host === '0.0.0.0' || host === '::';
}
