import 'server-only';
import { hostname, networkInterfaces } from 'node:os';
import type { Env } from '@/lib/env';

/**
 * The origins our own pages come from: the public one, or in the demo both names of this machine,
 * so that two people fit one browser (their cookies are separate by host). A demo that listens on
 * every address is opened from the network, too: there it is ours under each of them and under the
 * machine's name, but not under whatever a request calls it, which could be anybody's name.
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
    // An address of one link only carries a zone, which no origin can.
    .filter(({ scopeid }) => !scopeid)
    .map(({ address }) => address);
  const name = hostname().toLowerCase();
  return [...addresses, name, `${name}.local`].filter((host) => URL.canParse(urlOf(host)));
}

const urlOf = (host: string) => `http://${host.includes(':') ? `[${host}]` : host}`;
