import 'server-only';
import type { NextAuthOptions } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import { z } from 'zod';
import type { AuthDeps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import { sessionCookie } from './session-cookie';
import { authorize, type SignedIn } from './sign-in';

const credentialsSchema = z.object({ username: z.string(), password: z.string() });
const signedInSchema = z.object({ id: z.string(), signInId: z.string() });

/**
 * next-auth's configuration: our own password check, and a token that names the sign-in's row.
 * @param onSignIn called with who signs in, before next-auth responds
 */
export function nextAuthOptions(
  deps: AuthDeps,
  onSignIn: (signedIn: SignedIn) => void = () => undefined,
): NextAuthOptions {
  const cookie = sessionCookie(deps.env);
  const { log } = deps;
  return {
    secret: deps.env.PARLEY_SECRET,
    session: { strategy: 'jwt', maxAge: cookie.maxAgeSeconds },
    useSecureCookies: cookie.options.secure,
    cookies: { sessionToken: { name: cookie.name, options: cookie.options } },
    pages: { signIn: '/login', signOut: '/login', error: '/login' },
    providers: [
      CredentialsProvider({
        name: 'Parley',
        credentials: { username: { label: 'Username' }, password: { label: 'Password', type: 'password' } },
        async authorize(given, request) {
          const parsed = credentialsSchema.safeParse(given);
          if (!parsed.success) return null;
          try {
            const found = await authorize(deps, parsed.data, asHeaders(request.headers));
            if (found) onSignIn(found);
            return found ? { id: found.userId, signInId: found.signInId } : null;
          } catch (error) {
            // next-auth passes the message to the sign-in form, which maps our codes to sentences.
            if (error instanceof AppError) throw new Error(error.code);
            log.error({ err: error }, 'signing in failed');
            throw new Error('internal');
          }
        },
      }),
    ],
    callbacks: {
      jwt({ token, user }) {
        const signedIn = signedInSchema.safeParse(user);
        return signedIn.success ? { sub: signedIn.data.id, signInId: signedIn.data.signInId } : token;
      },
    },
    logger: {
      error: (code, metadata) =>
        log.error({ code, err: metadata instanceof Error ? metadata : undefined }, 'next-auth'),
      // Drops the warning about NEXTAUTH_URL: all addresses are relative to the page.
      warn: (code) => log.debug({ code }, 'next-auth'),
      debug: () => undefined,
    },
  };
}

function asHeaders(given: Record<string, unknown> | undefined): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(given ?? {})) {
    if (typeof value === 'string') headers.set(name, value);
  }
  return headers;
}
