import type { ReadableHeaders } from '@/lib/viewer';

/**
 * True when a request provably comes from our own pages. Browsers set `Sec-Fetch-Site` and no page
 * can forge it; without that header exactly one of our origins must be named. Neither: refused.
 */
export function isSameOrigin(headers: ReadableHeaders, ownOrigins: ReadonlySet<string>): boolean {
  const site = headers.get('sec-fetch-site');
  if (site) return site === 'same-origin';
  const origin = headers.get('origin');
  return origin !== null && ownOrigins.has(origin);
}

/** The methods that change nothing and so need no proof of origin. */
export function isReading(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}
