import { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { nextAuthOptions } from '@/lib/auth/next-auth-options';
import { deps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import { clientAddress } from '@/lib/http/client-address';
import { asAppError, problemResponse } from '@/lib/http/problem';
import { whileFewSignIn } from '@/lib/http/rate-limit';
import { defaultMaxBodyBytes, readText } from '@/lib/http/read-body';
import { isReading, isSameOrigin } from '@/lib/http/same-origin';

type Context = { params: Promise<{ nextauth: string[] }> };

/** All of next-auth that signing in needs. Signing out is ours (api/me/sign-out): it must revoke. */
const served = new Set(['GET providers', 'GET csrf', 'POST callback/credentials']);

/**
 * next-auth's own handler, behind the same gates as every other route: it can't be wrapped by
 * `defineRoute`, because it reads Next's request itself.
 */
async function handle(request: NextRequest, context: Context): Promise<Response> {
  const requestId = crypto.randomUUID();
  try {
    const { nextauth } = await context.params;
    if (!served.has(`${request.method} ${nextauth.join('/')}`)) throw new AppError('not_found');
    const response = isReading(request.method)
      ? await NextAuth(request, context, nextAuthOptions(deps()))
      : await signIn(request, context);
    response.headers.set('cache-control', 'no-store');
    response.headers.set('x-request-id', requestId);
    return response;
  } catch (error) {
    const known = asAppError(error);
    if (known?.code === 'rate_limited') {
      return problemResponse(
        new AppError(known.code, known.message, { ...known.extra, url: limitedUrl(request) }),
        requestId,
      );
    }
    if (!known) deps().log.error({ err: error, requestId }, 'a request failed');
    return problemResponse(
      known ?? new AppError('internal', 'Something went wrong on the server.'),
      requestId,
    );
  }
}

/** One try to sign in. Throws AppError `foreign_origin`, `rate_limited` and what reading a body throws. */
async function signIn(request: NextRequest, context: Context): Promise<Response> {
  if (!isSameOrigin(request.headers, deps().ownOrigins)) {
    throw new AppError('foreign_origin', 'Only our own pages may do this.');
  }
  return whileFewSignIn(deps(), clientAddress(request.headers, deps().env), async () => {
    const { url, method, headers } = request;
    const body = await readText(request, defaultMaxBodyBytes);
    const passed = new NextRequest(url, { method, headers, body });
    const response: Response = await NextAuth(passed, context, nextAuthOptions(deps()));
    // next-auth says 401 for whatever refuses a try.
    const text = await response.text();
    const status = text.includes(new URL(limitedUrl(request)).search) ? 429 : response.status;
    return new Response(text, { status, headers: response.headers });
  });
}

/** Where next-auth's client finds what went wrong. */
function limitedUrl(request: NextRequest): string {
  return new URL('/login?error=rate_limited', request.url).href;
}

export { handle as GET, handle as POST };
