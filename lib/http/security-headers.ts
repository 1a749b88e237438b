import 'server-only';
import type { Env } from '@/lib/env';

type Settings = Pick<Env, 'NODE_ENV' | 'PARLEY_URL' | 'LIVEKIT_URL' | 'LIVEKIT_PUBLIC_URL'>;

/**
 * The headers of every page: only Parley's own scripts run, resources are loaded from Parley alone, and
 * connections go to Parley and its LiveKit server.
 * @param nonce this response's own; scripts and styles in the page carry it
 */
export function securityHeaders(settings: Settings, nonce: string): Record<string, string> {
  const isHttps = settings.PARLEY_URL?.startsWith('https://');
  return {
    'content-security-policy': contentSecurityPolicy(settings, nonce),
    'permissions-policy':
      'camera=(self), microphone=(self), display-capture=(self), speaker-selection=(self), autoplay=(self), geolocation=()',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    ...(isHttps ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}

function contentSecurityPolicy(settings: Settings, nonce: string): string {
  const isDevelopment = settings.NODE_ENV === 'development';
  const { host, protocol } = new URL(settings.LIVEKIT_PUBLIC_URL ?? settings.LIVEKIT_URL);
  const s = /^(wss|https):$/.test(protocol) ? 's' : '';
  return [
    "default-src 'self'",
    // React's tools evaluate code while developing.
    // Noise filter and background blur compile their models.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    // A nonce would switch 'unsafe-inline' off, which the error overlay needs.
    isDevelopment ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    // The client asks LiveKit over http why a WebSocket was refused.
    `connect-src 'self' ws${s}://${host} http${s}://${host}`,
    "img-src 'self' data: blob:",
    "media-src 'self' blob: mediastream:",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
