import { type NextRequest, NextResponse } from 'next/server';
import { readEnv } from '@/lib/env';
import { securityHeaders } from '@/lib/http/security-headers';

/**
 * Puts the security headers on every page, with a nonce of its own. It is here and not in
 * next.config.ts because those headers are frozen when the app is built. Nothing else belongs here:
 * who may see what is decided in routes and layouts, which no header can go around.
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

/** Pages only. Prefetches of Next's router are data for a page that has its headers already. */
export const config = {
  matcher: [
    {
      source: '/((?!api/|_next/static/|_next/image).*)',
      missing: [{ type: 'header', key: 'next-router-prefetch' }],
    },
  ],
};
