import { type IncomingMessage, request, type ServerResponse } from 'node:http';

/** What of the garden's address leads to which part of Parley's API: calls and their events, and nothing else. */
const routes = [/^\/parley(\/calls(?:\/[\w/-]*)?)$/, /^\/parley(\/events(?:\/alive)?)$/];

/**
 * What goes on to Parley. `sec-fetch-site` and `origin` are the browser's own word about which page asks: passed on
 * as they are, so that Parley's check of them counts here, too. The garden's own cookie stays here.
 */
const passedOn = ['accept', 'content-type', 'content-length', 'sec-fetch-site', 'origin', 'last-event-id'];

/** Where a path of the garden's leads in Parley's API; null: nowhere. */
export function parleyPath(url: string): string | null {
  const [path = ''] = url.split('?');
  for (const route of routes) {
    const found = route.exec(path)?.[1];
    if (found) return `/api${found}`;
  }
  return null;
}

/**
 * Asks Parley in the person's name and passes the answer on as it comes: also a stream of events.
 * @param cookie the person's sign-in at Parley; empty: Parley answers that there is none
 */
export function forwardToParley(
  from: IncomingMessage,
  to: ServerResponse,
  { address, path, cookie }: { address: string; path: string; cookie: string },
): void {
  const headers = Object.fromEntries(passedOn.map((name) => [name, from.headers[name] ?? []]));
  const asked = request(new URL(path, address), {
    method: from.method ?? 'GET',
    headers: { ...headers, cookie },
  });
  asked.on('response', (answer) => {
    const { 'set-cookie': _, connection: __, ...kept } = answer.headers;
    to.writeHead(answer.statusCode ?? 502, kept);
    to.flushHeaders();
    answer.pipe(to);
    answer.on('error', () => to.destroy());
  });
  asked.on('error', () => (to.headersSent ? to.destroy() : to.writeHead(502).end()));
  // A page that closes must not leave its stream open at Parley.
  to.on('close', () => asked.destroy());
  from.pipe(asked);
}
