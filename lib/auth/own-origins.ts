import 'server-only';
import { hostname, networkInterfaces } from 'node:os';
import type { Env } from '@/lib/env';

/**
 * Returns the origins of our own pages: the public one, or in the demo both loopback names, so that one
 * browser can hold two sign-ins (cookies are separate by host). A demo that listens on every address also
 * accepts each of the machine's addresses and its name, but never the request's `Host`, which is forgeable.
 */
export function ownOrigins(env: Pick<Env, 'PARLEY_URL' | 'PORT' | 'HOSTNAME'>): ReadonlySet<string> {
  if (env.PARLEY_URL) return new Set([new URL(env.PARLEY_URL).origin]);
  const isEveryAddress = env.HOSTNAME === '0.0.0.0' || env.HOSTNAME === '::';
  const hosts = ['localhost', '127.0.0.1', ...(isEveryAddress ? namesOnTheNetwork() : [env.HOSTNAME])];
  return new Set(hosts.map((host) => new URL(`${urlOf(host)}:${env.PORT}`).origin));
}

function namesOnTheNetwork(): string[] {
  const addresses = Object.values(networkInterfaces())
    .flatMap((known) => known ?? [])
    // Link-local addresses carry a zone, which an origin cannot.
    .filter(({ scopeid }) => !scopeid)
    .map(({ address }) => address);
  const name = hostname().toLowerCase();
  return [...addresses, name, `${name}.local`].filter((host) => URL.canParse(urlOf(host)));
}

const urlOf = (host: string) => `http://${host.includes(':') ? `[${host}]` : host}`;
