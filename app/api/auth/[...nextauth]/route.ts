import { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { rememberBrowser } from '@/lib/auth/known-browser';
import { nextAuthOptions } from '@/lib/auth/next-auth-options';
import { findKnownPlace, type SignedIn } from '@/lib/auth/sign-in';
import { deps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import type { Answer } from '@/lib/http/answer';
import { clientAddress } from '@/lib/http/client-address';
import { asAppError, problemAnswer } from '@/lib/http/problem';
import { whileFewKnownSignIn, whileFewSignIn } from '@/lib/http/rate-limit';
import { defaultMaxBodyBytes, readText } from '@/lib/http/read-body';
import { languageOf } from '@/lib/http/request-language';
import { isReading, isSameOrigin } from '@/lib/http/same-origin';

type Context = { params: Promise<{ nextauth: string[] }> };

/** The next-auth actions that sign-in needs. Sign-out is ours (api/me/sign-out), because it must revoke. */
const served = new Set(['GET providers', 'GET csrf', 'POST callback/credentials']);

/**
 * Runs next-auth's handler behind the same checks as every other route. `defineRoute` cannot wrap it, because
 * it reads Next's request itself.
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
    const language = languageOf(request.headers, deps().env);
    if (known?.code === 'rate_limited') {
      return responseOf(
        problemAnswer(
          new AppError(known.code, known.sentence, { ...known.extra, url: limitedUrl(request) }),
          requestId,
          language,
        ),
      );
    }
    if (!known) deps().log.error({ err: error, requestId }, 'a request failed');
    return responseOf(
      problemAnswer(known ?? new AppError('internal', 'server.ourFault'), requestId, language),
    );
  }
}

/**
 * Handles one sign-in attempt.
 *
 * @throws {AppError} foreign_origin, rate_limited, or invalid_input from reading the body
 */
async function signIn(request: NextRequest, context: Context): Promise<Response> {
  if (!isSameOrigin(request.headers, deps().ownOrigins)) {
    throw new AppError('foreign_origin', 'server.ownPagesOnly');
  }
  const { url, method, headers } = request;
  // Before the try is in hand: a client that sends it slowly takes no place.
  const body = await readText(request, defaultMaxBodyBytes);
  const place = await findKnownPlace(deps(), new URLSearchParams(body).get('username') ?? '', headers);
  const work = async () => {
    const signedIn: SignedIn[] = [];
    const options = nextAuthOptions(deps(), (found) => void signedIn.push(found));
    const passed = new NextRequest(url, { method, headers, body });
    const response: Response = await NextAuth(passed, context, options);
    // next-auth responds 401 to every refused attempt.
    const text = await response.text();
    const status = text.includes(new URL(limitedUrl(request)).search) ? 429 : response.status;
    const answer = new Response(text, { status, headers: response.headers });
    for (const { userId } of signedIn) {
      answer.headers.append('set-cookie', await rememberBrowser(deps().env, headers, userId));
    }
    return answer;
  };
  return place
    ? whileFewKnownSignIn(deps(), place, work)
    : whileFewSignIn(deps(), clientAddress(headers, deps().env), work);
}

function responseOf({ status, body, headers }: Answer): Response {
  if (typeof body === 'function') throw new Error('a refusal is no stream');
  return new Response(body as string | null, { status, headers: headers as Record<string, string> });
}

/** The address in which next-auth's client looks for the error code. */
function limitedUrl(request: NextRequest): string {
  return new URL('/login?error=rate_limited', request.url).href;
}

export { handle as GET, handle as POST };
