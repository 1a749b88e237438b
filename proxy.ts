import { type NextRequest, NextResponse } from 'next/server';
import { readEnv } from '@/lib/env';
import { securityHeaders } from '@/lib/http/security-headers';

/**
 * Sets the security headers of every page, with a nonce per request. next.config.ts cannot: its headers are
 * frozen at build time. Authorization does not belong here; routes and layouts decide it, which no header
 * can bypass.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const headers = securityHeaders(readEnv(), nonce);

  // Next takes the nonce for its own scripts from the policy on the request; our pages read x-nonce.
  const forPage = new Headers(request.headers);
  forPage.set('x-nonce', nonce);
  forPage.set('content-security-policy', headers['content-security-policy'] ?? '');
  const response = NextResponse.next({ request: { headers: forPage } });
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

/** Pages only. Prefetches load data for a page that already has its headers. */
export const config = {
  matcher: [
    {
      source: '/((?!api/|_next/static/|_next/image).*)',
      missing: [{ type: 'header', key: 'next-router-prefetch' }],
    },
  ],
};
