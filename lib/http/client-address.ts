import 'server-only';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import type { Env } from '@/lib/env';

/** Written over whatever the client sent, before Next sees the request. */
const peerHeader = 'x-parley-peer';

/**
 * Notes each request's socket address, which Next does not hand on. Called once at boot; without it
 * addresses are unknown and count as one.
 */
export function notePeerAddresses(): void {
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage };
    request.headers[peerHeader] = request.socket.remoteAddress ?? '';
  });
}

/**
 * Where a request comes from, or null when unknown. Forwarded addresses are believed only from
 * trusted proxies, read from the right, because everything further left can be made up.
 */
export function clientAddress(headers: Headers, env: Pick<Env, 'PARLEY_TRUSTED_PROXIES'>): string | null {
  const trustedProxies = new Set(env.PARLEY_TRUSTED_PROXIES.split(',').map(plain).filter(Boolean));
  const peer = plain(headers.get(peerHeader) ?? '');
  if (!trustedProxies.has(peer)) return peer || null;
  const hops = (headers.get('x-forwarded-for') ?? '').split(',').map(plain).filter(Boolean);
  return hops.findLast((hop) => !trustedProxies.has(hop)) ?? peer;
}

/** IPv4 that came over an IPv6 socket is the same address. */
function plain(address: string): string {
  return address.trim().replace(/^::ffff:/, '');
}
