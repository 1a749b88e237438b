import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ownAddress } from '../../scripts/own-address.mjs';
import { root } from '../../scripts/paths.mjs';
import { readSettings } from '../../scripts/settings.mjs';
import { welcome } from '../../scripts/welcome.mjs';

const secret = 'x'.repeat(32);
const strongSecret = '4f0c7a1be95d2386c1d0aa57e3b94f28';
const ownLivekit = { LIVEKIT_URL: 'ws://127.0.0.1:7880', LIVEKIT_API_KEY: 'key', LIVEKIT_API_SECRET: secret };

const inPublic = {
  PARLEY_URL: 'https://parley.example',
  ...ownLivekit,
  LIVEKIT_API_SECRET: '9d01e6c24ab7583fe6f02b7719ac4d35',
  LIVEKIT_PUBLIC_URL: 'wss://media.example',
  PARLEY_SECRET: strongSecret,
  PARLEY_TRUSTED_PROXIES: '127.0.0.1, 172.16.0.0/12',
};

/** What a start reads, with nothing set but this. */
const settingsOf = (env: Record<string, string>) => readSettings({ NODE_ENV: 'test', ...env });

describe('a start', () => {
  test('needs no configuration', () => {
    expect(settingsOf({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      dataDir: join(root, '.data'),
      files: { dataDir: join(root, '.data'), region: 'us-east-1' },
      cacheDir: join(root, '.cache', 'parley'),
      distDir: join(root, '.next'),
      livekitPort: 7880,
      publicUrl: undefined,
      ownLivekit: undefined,
      webhookUrl: 'http://127.0.0.1:3000/api/livekit/webhook',
    });
  });

  test('stays on loopback when HOSTNAME is just what the machine is called', () => {
    expect(settingsOf({ HOSTNAME: hostname() }).host).toBe('127.0.0.1');
    expect(settingsOf({ HOSTNAME: '0.0.0.0' }).host).toBe('0.0.0.0');
  });

  test.each([
    ['127.0.0.1', 'http://127.0.0.1:3100'],
    ['localhost', 'http://127.0.0.1:3100'],
    ['0.0.0.0', 'http://127.0.0.1:3100'],
    ['192.168.1.5', 'http://192.168.1.5:3100'],
    ['::', 'http://[::1]:3100'],
    ['::1', 'http://[::1]:3100'],
    ['fd00::5', 'http://[fd00::5]:3100'],
  ])('gives LiveKit the address that the app really has on %s', (host, origin) => {
    const settings = settingsOf({ PORT: '3100', HOSTNAME: host });
    expect(settings.webhookUrl).toBe(`${origin}/api/livekit/webhook`);
    expect(ownAddress(settings.host, settings.port)).toBe(origin);
    expect(new URL(settings.webhookUrl).origin).toBe(origin);
  });

  test.each([
    [{ PORT: 'eighty' }, 'PORT'],
    [{ PORT: '70000' }, 'PORT'],
    [{ LIVEKIT_PORT: '65534' }, 'LIVEKIT_PORT'],
    [{ LIVEKIT_URL: 'ws://media' }, 'LIVEKIT_API_KEY'],
    [{ ...ownLivekit, LIVEKIT_API_SECRET: 'short' }, 'LIVEKIT_API_SECRET'],
    [{ PARLEY_URL: 'https://parley.example' }, 'LIVEKIT_URL'],
    [{ PARLEY_URL: 'https://parley.example', ...ownLivekit }, 'PARLEY_SECRET'],
    [{ ...inPublic, PARLEY_SECRET: secret }, 'PARLEY_SECRET'],
    [{ ...inPublic, PARLEY_URL: 'http://parley.example' }, 'PARLEY_URL'],
    [{ ...inPublic, PARLEY_URL: 'https://example.org/parley' }, 'PARLEY_URL'],
    [{ ...inPublic, LIVEKIT_API_KEY: 'devkey' }, 'LIVEKIT_API_SECRET'],
    [{ ...inPublic, LIVEKIT_PUBLIC_URL: '' }, 'LIVEKIT_PUBLIC_URL'],
    [{ ...inPublic, LIVEKIT_PUBLIC_URL: '', LIVEKIT_URL: 'wss://127.0.0.1:7880' }, 'LIVEKIT_PUBLIC_URL'],
    [{ ...inPublic, LIVEKIT_PUBLIC_URL: 'ws://media.example' }, 'LIVEKIT_PUBLIC_URL'],
    [{ ...inPublic, LIVEKIT_PUBLIC_URL: 'wss://' }, 'LIVEKIT_PUBLIC_URL'],
    [{ ...inPublic, LIVEKIT_PUBLIC_URL: 'wss://localhost:7880' }, 'LIVEKIT_PUBLIC_URL'],
    [{ ...inPublic, LIVEKIT_PUBLIC_URL: 'wss://media.localhost' }, 'LIVEKIT_PUBLIC_URL'],
    [{ ...inPublic, LIVEKIT_PUBLIC_URL: 'wss://[::1]:7880' }, 'LIVEKIT_PUBLIC_URL'],
    [{ ...inPublic, PARLEY_TRUSTED_PROXIES: 'caddy' }, 'PARLEY_TRUSTED_PROXIES'],
    [{ ...inPublic, REDIS_URL: 'redis://127.0.0.1:6379' }, 'DATABASE_URL'],
    [{ HOSTNAME: 'fe80::1%eth0' }, 'HOSTNAME'],
    [{ HOSTNAME: 'http://127.0.0.1' }, 'HOSTNAME'],
  ])('with %j ends and names %s', (env, variable) => {
    expect(() => settingsOf(env)).toThrow(variable);
  });

  test('in public goes on with what the README says, also when both reach LiveKit at one address', () => {
    expect(settingsOf(inPublic).publicUrl).toBe('https://parley.example');
    const one = { ...inPublic, LIVEKIT_URL: 'wss://media.example', LIVEKIT_PUBLIC_URL: '' };
    expect(settingsOf(one).ownLivekit?.publicUrl).toBe('wss://media.example');
  });

  test('takes a LiveKit server of your own and reaches browsers at its public address', () => {
    expect(settingsOf({ ...ownLivekit, LIVEKIT_PUBLIC_URL: 'wss://media.example' }).ownLivekit).toEqual({
      url: 'ws://127.0.0.1:7880',
      publicUrl: 'wss://media.example',
      key: 'key',
      secret,
    });
  });
});

describe('the closing words of a start', () => {
  test('name the address, the demo sign-ins, the data and how to try it alone', () => {
    const words = welcome(settingsOf({ PORT: '3100' }));
    for (const fact of [
      'http://localhost:3100',
      'http://127.0.0.1:3100',
      'alice, bob, carol, dave or erin',
      'parley-demo',
      join(root, '.data'),
      'headphones',
      'https',
    ]) {
      expect(words).toContain(fact);
    }
  });

  test('say nothing of the demo once a public address is set', () => {
    const words = welcome(settingsOf(inPublic));
    expect(words).toContain('https://parley.example');
    expect(words).not.toContain('parley-demo');
  });

  test('name no address without a server', () => {
    const words = welcome(settingsOf({ HOSTNAME: '192.168.1.5' }));
    expect(words).toContain('http://192.168.1.5:3000');
    expect(words).not.toMatch(/http:\/\/(localhost|127)/);
    expect(words).toContain('No calls');
    const sixth = welcome(settingsOf({ HOSTNAME: '::1' }));
    expect(sixth).toContain('http://[::1]:3000');
    expect(sixth).not.toContain('http://127.');
  });

  test('say who can open a demo on every address, and with which passwords', () => {
    expect(welcome(settingsOf({ HOSTNAME: '0.0.0.0' }))).toMatch(/Your network[\s\S]*passwords/);
    expect(welcome(settingsOf({}))).not.toContain('Your network');
  });
});
