import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../scripts/paths.mjs';
import { readSettings } from '../../scripts/settings.mjs';
import { welcome } from '../../scripts/welcome.mjs';

const secret = 'x'.repeat(32);
const strongSecret = '4f0c7a1be95d2386c1d0aa57e3b94f28';
const ownLivekit = { LIVEKIT_URL: 'ws://127.0.0.1:7880', LIVEKIT_API_KEY: 'key', LIVEKIT_API_SECRET: secret };

/** What a start reads, with nothing set but this. */
const settingsOf = (env: Record<string, string>) => readSettings({ NODE_ENV: 'test', ...env });

describe('a start', () => {
  test('needs no configuration', () => {
    expect(settingsOf({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      dataDir: join(root, '.data'),
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

  test('tells LiveKit the port that the app really has', () => {
    expect(settingsOf({ PORT: '3100' }).webhookUrl).toBe('http://127.0.0.1:3100/api/livekit/webhook');
  });

  test.each([
    [{ PORT: 'eighty' }, 'PORT'],
    [{ PORT: '70000' }, 'PORT'],
    [{ LIVEKIT_PORT: '65534' }, 'LIVEKIT_PORT'],
    [{ LIVEKIT_URL: 'ws://media' }, 'LIVEKIT_API_KEY'],
    [{ ...ownLivekit, LIVEKIT_API_SECRET: 'short' }, 'LIVEKIT_API_SECRET'],
    [{ PARLEY_URL: 'https://parley.example' }, 'LIVEKIT_URL'],
    [{ PARLEY_URL: 'https://parley.example', ...ownLivekit }, 'PARLEY_SECRET'],
    [{ PARLEY_URL: 'https://parley.example', ...ownLivekit, PARLEY_SECRET: secret }, 'PARLEY_SECRET'],
    [{ PARLEY_URL: 'http://parley.example', ...ownLivekit, PARLEY_SECRET: strongSecret }, 'PARLEY_URL'],
    [
      {
        PARLEY_URL: 'https://parley.example',
        ...ownLivekit,
        LIVEKIT_API_KEY: 'devkey',
        PARLEY_SECRET: strongSecret,
      },
      'LIVEKIT_API_SECRET',
    ],
  ])('with %j ends and names %s', (env, variable) => {
    expect(() => settingsOf(env)).toThrow(variable);
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
      'https',
    ]) {
      expect(words).toContain(fact);
    }
  });

  test('say nothing of the demo once a public address is set', () => {
    const words = welcome(
      settingsOf({ PARLEY_URL: 'https://parley.example', ...ownLivekit, PARLEY_SECRET: strongSecret }),
    );
    expect(words).toContain('https://parley.example');
    expect(words).not.toContain('parley-demo');
  });
});
