import 'server-only';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Env } from '@/lib/env';
import type { Log } from '@/lib/log';
import { readTrustedProxies } from '@/lib/trusted-proxies.mjs';
import type { ReadableHeaders } from '@/lib/viewer';
import { plainAddress } from './ip-address';

/** Written over whatever the client sent, before a route or Next sees the request. */
const peerHeader = 'x-parley-peer';

type Settings = Pick<Env, 'PARLEY_TRUSTED_PROXIES' | 'isDemo'>;

/**
 * Returns what notes a request's socket address, over whatever the client sent, and warns once when a public
 * address stands behind a web server that hides who asks. A request that was not noted has no address.
 */
export function notePeerAddresses(
  env: Settings,
  log: Pick<Log, 'warn'>,
): (request: Pick<IncomingMessage, 'headers' | 'socket'>) => void {
  const complain = complainOfSharedAddresses(env, log);
  return ({ headers, socket }) => {
    const peer = socket.remoteAddress ?? '';
    headers[peerHeader] = peer;
    complain(plainAddress(peer), headers);
  };
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
export function clientAddress(
  headers: ReadableHeaders,
  env: Pick<Env, 'PARLEY_TRUSTED_PROXIES'>,
): string | null {
  const { trusts } = readTrustedProxies(env.PARLEY_TRUSTED_PROXIES);
  const peer = plainAddress(headers.get(peerHeader) ?? '');
  if (!trusts(peer)) return peer || null;
  const hops = (headers.get('x-forwarded-for') ?? '').split(',').map(plainAddress).filter(Boolean);
  return hops.findLast((hop) => !trusts(hop)) ?? peer;
}
