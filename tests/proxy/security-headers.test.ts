import { NextRequest } from 'next/server';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { securityHeaders } from '@/lib/http/security-headers';
import { proxy } from '@/proxy';

beforeEach(() => {
  vi.stubEnv('NODE_ENV', 'production');
  vi.stubEnv('PARLEY_SECRET', 'x'.repeat(32));
  vi.stubEnv('LIVEKIT_URL', 'ws://127.0.0.1:7880');
  vi.stubEnv('LIVEKIT_PUBLIC_URL', undefined);
  vi.stubEnv('LIVEKIT_API_KEY', 'key');
  vi.stubEnv('LIVEKIT_API_SECRET', 'y'.repeat(32));
  vi.stubEnv('PARLEY_URL', undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

function ask(headers: Record<string, string> = {}) {
  const response = proxy(new NextRequest('http://localhost:3000/login', { headers }));
  const policy = response.headers.get('content-security-policy') ?? '';
  const rules = new Map(policy.split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1)]));
  return { response, policy, rules };
}
/** What Next hands on to the page (next/server's own convention). */
const forPage = (response: Response, name: string) => response.headers.get(`x-middleware-request-${name}`);

test('every page gets a nonce of its own, the same in the policy, for the page and for Next', () => {
  const [first, second] = [ask(), ask()];
  const nonce = forPage(first.response, 'x-nonce');
  expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/);
  expect(first.rules.get('script-src')).toEqual([
    "'self'",
    `'nonce-${nonce}'`,
    "'strict-dynamic'",
    "'wasm-unsafe-eval'",
  ]);
  expect(forPage(first.response, 'content-security-policy')).toBe(first.policy);
  expect(forPage(second.response, 'x-nonce')).not.toBe(nonce);
});

test('a nonce that the client sends is not used', () => {
  const { response } = ask({ 'x-nonce': 'chosen', 'content-security-policy': "script-src 'nonce-chosen'" });
  expect(forPage(response, 'x-nonce')).not.toBe('chosen');
  expect(forPage(response, 'content-security-policy')).not.toContain('chosen');
});

test.each([
  ['ws://127.0.0.1:7880', undefined, ["'self'", 'ws://127.0.0.1:7880', 'http://127.0.0.1:7880']],
  [
    'ws://10.0.0.1:7880',
    'wss://media.example.org',
    ["'self'", 'wss://media.example.org', 'https://media.example.org'],
  ],
  [
    'https://media.example.org/path',
    undefined,
    ["'self'", 'wss://media.example.org', 'https://media.example.org'],
  ],
])('with LiveKit at %s (public: %s) pages may talk to us and to it only', (url, publicUrl, expected) => {
  vi.stubEnv('LIVEKIT_URL', url);
  vi.stubEnv('LIVEKIT_PUBLIC_URL', publicUrl);
  expect(ask().rules.get('connect-src')).toEqual(expected);
});

test('in production no inline script or style runs without the nonce, and no site may frame Parley', () => {
  const { rules, response } = ask();
  for (const name of ['script-src', 'style-src', 'default-src']) {
    expect(rules.get(name)).not.toContain("'unsafe-inline'");
    expect(rules.get(name)).not.toContain("'unsafe-eval'");
  }
  expect(rules.get('frame-ancestors')).toEqual(["'none'"]);
  expect(rules.get('object-src')).toEqual(["'none'"]);
  expect(rules.get('base-uri')).toEqual(["'none'"]);
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(response.headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
  expect(response.headers.get('permissions-policy')).toContain('microphone=(self)');
});

test('development allows what the error overlay needs', () => {
  vi.stubEnv('NODE_ENV', 'development');
  const { rules } = ask();
  expect(rules.get('script-src')).toContain("'unsafe-eval'");
  expect(rules.get('style-src')).toEqual(["'self'", "'unsafe-inline'"]);
});

test('only an https community makes browsers stay with https', () => {
  const name = 'strict-transport-security';
  expect(ask().response.headers.get(name)).toBeNull();
  const settings = { NODE_ENV: 'production', LIVEKIT_URL: 'wss://media.example.org' } as const;
  const publicly = securityHeaders({ ...settings, PARLEY_URL: 'https://talk.example.org' }, 'nonce');
  expect(publicly[name]).toBe('max-age=31536000');
});
