import 'server-only';
import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { AppError } from '@/lib/errors';
import { isPublicAddress } from './public-address';

/** Push services' endpoints are some 200 characters long; the longest known have 500. */
export const mostEndpointCharacters = 1000;

/** What a name resolves to; tests put another in its place. */
export type Resolve = (hostname: string) => Promise<LookupAddress[]>;

/** As the system resolves it. */
export const resolveName: Resolve = (hostname) => lookup(hostname, { all: true, verbatim: true });

/** `origin`: of a push service on this machine, which only tests have (`PARLEY_TEST_PUSH_SERVICE`). */
export type EndpointRules = { resolve: Resolve; testOrigin: string | undefined };

/**
 * Reads an endpoint. A browser names its push service itself, so that anyone who is signed in can name any address:
 * only https to a name on port 443 is taken. A name of this network is refused by what it resolves to (`resolvePublic`).
 *
 * @returns null — the address is none to send to
 */
export function parseEndpoint(text: string, { testOrigin }: Pick<EndpointRules, 'testOrigin'>): URL | null {
  if (text.length > mostEndpointCharacters || !URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || url.hash !== '') return null;
  if (testOrigin !== undefined && url.origin === testOrigin) return url;
  // The parser writes every form of an address as one, and leaves the standard port out.
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isName = isIP(host) === 0 && host.includes('.') && !host.endsWith('.');
  return url.protocol === 'https:' && url.port === '' && isName ? url : null;
}

/**
 * Resolves a name, all of whose addresses must be public: a mixture is an attempt to be let through by the one and dialled
 * by the other.
 *
 * @throws {NotPublic} one of them is not
 */
export async function resolvePublic(hostname: string, resolve: Resolve): Promise<LookupAddress[]> {
  const addresses = await resolve(hostname);
  if (addresses.length === 0 || addresses.some(({ address }) => !isPublicAddress(address)))
    throw new NotPublic();
  return addresses;
}

/** The name leads into a private network, or nowhere. */
export class NotPublic extends Error {
  override readonly name = 'NotPublic';
}

/**
 * Checks an endpoint before it is saved.
 *
 * @throws {AppError} invalid_input — it is none to send to, or its name can't be resolved
 */
export async function requireEndpoint(text: string, rules: EndpointRules): Promise<URL> {
  const url = parseEndpoint(text, rules);
  if (!url) throw new AppError('invalid_input', 'server.pushServiceRefused');
  if (url.origin === rules.testOrigin) return url;
  await resolvePublic(url.hostname, rules.resolve).catch(() => {
    throw new AppError('invalid_input', 'server.pushServiceRefused');
  });
  return url;
}
