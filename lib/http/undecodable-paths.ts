import 'server-only';

/** The replacement character, which decoders put for bytes that are no text: part of no id. */
const unreadable = encodeURIComponent('\uFFFD');

/**
 * The same address, with a replacement character for each segment of its path that cannot be decoded. Such a segment
 * becomes an unknown id, so that each route and page refuses it as it refuses any other: Next would fail with 500
 * while it looks for the page (`/messages/%ff%fe`).
 */
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
