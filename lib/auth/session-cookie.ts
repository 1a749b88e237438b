import type { Env } from '@/lib/env';
import type { ReadableHeaders } from '@/lib/viewer';

/** Days until a sign-in expires. */
const maxAgeDays = 90;

/** Name and options of the sign-in cookie, for writing, reading and clearing it. */
export function sessionCookie(env: Pick<Env, 'PARLEY_URL'>) {
  const secure = env.PARLEY_URL?.startsWith('https://') ?? false;
  return {
    name: secure ? '__Host-parley' : 'parley',
    maxAgeSeconds: maxAgeDays * 24 * 3600,
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure } as const,
  };
}

/** The `Set-Cookie` header that clears the cookie. */
export function clearedSessionCookie(env: Pick<Env, 'PARLEY_URL'>): string {
  const { name, options } = sessionCookie(env);
  return `${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${options.secure ? '; Secure' : ''}`;
}

/** Returns one cookie's raw value from the header; a token needs no decoding. */
export function readCookie(headers: ReadableHeaders, name: string): string | null {
  for (const pair of (headers.get('cookie') ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}
