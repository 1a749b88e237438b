import 'server-only';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

/** The replacement character, which decoders put for bytes that are no text: part of no id. */
const unreadable = encodeURIComponent('\uFFFD');

/**
 * Lets every request reach its route: Next fails with 500 while it looks for the route of a path that
 * cannot be decoded (`/api/calls/%ff%fe`), before a proxy or a handler can refuse it. Such a segment becomes
 * an unknown id, so that each route and page refuses it as it refuses any other. Called once at boot.
 */
export function replaceUndecodablePaths(): void {
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage };
    if (request.url?.includes('%')) request.url = decodablePath(request.url);
  });
}

/** The same address, with a replacement character for each segment of its path that cannot be decoded. */
export function decodablePath(url: string): string {
  const [path = '', ...query] = url.split('?');
  const segments = path.split('/').map((segment) => (isDecodable(segment) ? segment : unreadable));
  return [segments.join('/'), ...query].join('?');
}

function isDecodable(segment: string): boolean {
  try {
    decodeURIComponent(segment);
    return true;
  } catch {
    return false;
  }
}
