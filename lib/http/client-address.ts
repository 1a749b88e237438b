import 'server-only';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Env } from '@/lib/env';
import type { Log } from '@/lib/log';
import { readTrustedProxies } from '@/lib/trusted-proxies.mjs';
import { plainAddress } from './ip-address';

/** Written over whatever the client sent, before Next sees the request. */
const peerHeader = 'x-parley-peer';

type Settings = Pick<Env, 'PARLEY_TRUSTED_PROXIES' | 'isDemo'>;

/**
 * Notes each request's socket address, which Next does not hand on, and warns once when a public
 * address stands behind a web server that hides who asks. Called once at boot; without it addresses
 * are unknown and count as one.
 */
export function notePeerAddresses(env: Settings, log: Pick<Log, 'warn'>): void {
  const complain = complainOfSharedAddresses(env, log);
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage };
    const peer = request.socket.remoteAddress ?? '';
    request.headers[peerHeader] = peer;
    complain(plainAddress(peer), request.headers);
  });
}

/**
 * Says once in the log that all clients behind the web server count as one address, and
 * what to set. It looks at what the client really sent: Next adds a forwarded address of its own.
 */
export function complainOfSharedAddresses(env: Settings, log: Pick<Log, 'warn'>) {
  const { trusts } = readTrustedProxies(env.PARLEY_TRUSTED_PROXIES);
  let isSaid = env.isDemo;
  return (peer: string, headers: IncomingHttpHeaders): void => {
    if (isSaid) return;
    const isForwarded = headers['x-forwarded-for'] !== undefined;
    // Only browsers send the other one, and they come through the web server, which has the https.
    if (!isForwarded && headers['sec-fetch-site'] === undefined) return;
    if (isForwarded && trusts(peer)) return;
    isSaid = true;
    const mend = isForwarded
      ? `if ${peer} is your web server, name it in PARLEY_TRUSTED_PROXIES`
      : 'let your web server send X-Forwarded-For, and name it in PARLEY_TRUSTED_PROXIES';
    log.warn({ peer }, `everyone shares one address, and with it the limits of signing in: ${mend}`);
  };
}

/**
 * Where a request comes from, or null when unknown. Forwarded addresses are believed only from
 * trusted proxies, read from the right, because everything further left can be made up.
 */
export function clientAddress(headers: Headers, env: Pick<Env, 'PARLEY_TRUSTED_PROXIES'>): string | null {
  const { trusts } = readTrustedProxies(env.PARLEY_TRUSTED_PROXIES);
  const peer = plainAddress(headers.get(peerHeader) ?? '');
  if (!trusts(peer)) return peer || null;
  const hops = (headers.get('x-forwarded-for') ?? '').split(',').map(plainAddress).filter(Boolean);
  return hops.findLast((hop) => !trusts(hop)) ?? peer;
}
