import { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { nextAuthOptions } from '@/lib/auth/next-auth-options';
import { deps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import { asAppError, problemResponse } from '@/lib/http/problem';
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
    let passed = request;
    if (!isReading(request.method)) {
      if (!isSameOrigin(request.headers, deps().ownOrigins)) {
        throw new AppError('foreign_origin', 'Only our own pages may do this.');
      }
      const body = await readText(request, defaultMaxBodyBytes);
      passed = new NextRequest(request.url, { method: request.method, headers: request.headers, body });
    }
    const response: Response = await NextAuth(passed, context, nextAuthOptions(deps()));
    response.headers.set('cache-control', 'no-store');
    response.headers.set('x-request-id', requestId);
    return response;
  } catch (error) {
    const known = asAppError(error);
    if (!known) deps().log.error({ err: error, requestId }, 'a request failed');
    return problemResponse(
      known ?? new AppError('internal', 'Something went wrong on the server.'),
      requestId,
    );
  }
}

export { handle as GET, handle as POST };
