import type { Env } from '@/lib/env';

/**
 * The origins our own pages come from: the public one, or in the demo both names of this machine,
 * so that two people fit one browser (their cookies are separate by host).
 */
export function ownOrigins(env: Pick<Env, 'PARLEY_URL' | 'PORT' | 'HOSTNAME'>): ReadonlySet<string> {
  if (env.PARLEY_URL) return new Set([new URL(env.PARLEY_URL).origin]);
  const hosts = ['localhost', '127.0.0.1', env.HOSTNAME];
  return new Set(
    hosts.map((host) => new URL(`http://${host.includes(':') ? `[${host}]` : host}:${env.PORT}`).origin),
  );
}
