import { expect, test } from 'vitest';
import { callTimesOf, readEnv } from '@/lib/env';

const needed = {
  NODE_ENV: 'test',
  PARLEY_SECRET: 'another-secret-for-tests-0123456789',
  LIVEKIT_URL: 'ws://127.0.0.1:7880',
  LIVEKIT_API_KEY: 'key',
  LIVEKIT_API_SECRET: 'q8Zr3mVx71LsTw0bNc52KdYhPf94Gj6E',
};

/** Name, what is still right, what is just beyond, and what the error says beside the name. */
const bounds: [name: string, right: string[], wrong: string[], words: string][] = [
  ['PORT', ['1', '65535'], ['0', '65536', '80.5', 'http'], 'from 1 to 65535'],
  ['CALL_RING_SECONDS', ['15', '120'], ['14', '121', '30.5', 'long', '1e9', '-60'], 'from 15 to 120'],
  ['CALL_REJOIN_SECONDS', ['5', '60'], ['4', '61', '7.5', 'x'], 'from 5 to 60'],
  ['PARLEY_TEST_TIMES', ['ring=4000', 'ring=4000,rejoin=1500'], ['4000', 'ring=0', 'ring=1.5'], 'ring=4000'],
  ['PARLEY_SECRET', ['0123456789abcdef0123456789abcdef'], ['short'], 'at least 32 characters'],
  ['LIVEKIT_API_SECRET', ['0123456789abcdef0123456789abcdef'], ['short'], 'at least 32 characters'],
  ['LIVEKIT_URL', ['wss://media.example.org', 'http://10.0.0.1:7880'], ['media.example.org'], 'ws://'],
  ['LIVEKIT_PUBLIC_URL', ['wss://media.example.org'], ['media.example.org'], 'wss://'],
  ['PARLEY_URL', ['https://parley.example.org'], ['parley.example.org'], 'https://'],
  ['PARLEY_REGISTRATION', ['open', 'invite'], ['closed'], 'invite'],
  ['PARLEY_TRUSTED_PROXIES', ['127.0.0.1, 10.0.0.0/8'], ['caddy'], '"caddy" is no address or range'],
  ['PARLEY_VAPID_PRIVATE_KEY', [`${'A'.repeat(42)}E`], ['short', 'A'.repeat(43)], 'P-256'],
  ['PARLEY_VAPID_SUBJECT', ['mailto:me@example.org', 'https://example.org'], ['me@example.org'], 'mailto:'],
  [
    'PARLEY_TEST_PUSH_SERVICE',
    ['http://127.0.0.1:4100'],
    ['http://10.0.0.1:4100', 'http://localhost:4100', 'https://127.0.0.1:4100', 'http://127.0.0.1:4100/x'],
    'http://127.0.0.1:4100',
  ],
  ['PARLEY_METRICS', ['0', '1'], ['yes'], '1'],
  ['PARLEY_METRICS_TOKEN', ['0123456789abcdef'], ['short'], 'at least 16 characters'],
  ['PARLEY_FILES', ['/mnt/shared'], ['pictures', 's3://bucket', 'https://s3.example.org'], 'absolute path'],
  ['LOG_LEVEL', ['silent'], ['loud'], 'silent'],
];

test.each(bounds)(
  '%s is taken within its bounds, and beyond them the error names it and them',
  (name, right, wrong, words) => {
    const inPublic = name === 'PARLEY_URL' ? { LIVEKIT_PUBLIC_URL: 'wss://media.example.org' } : {};
    for (const value of right)
      expect(() => readEnv({ ...needed, ...inPublic, [name]: value }), value).not.toThrow();
    for (const value of wrong) {
      let message = '';
      try {
        readEnv({ ...needed, ...inPublic, [name]: value });
      } catch (error) {
        message = String(error);
      }
      expect(message, `${name}=${value}`).toContain(name);
      expect(message, `${name}=${value}`).toContain(words);
    }
  },
);

test('what is missing is named, all of it at once', () => {
  expect(() => readEnv({ NODE_ENV: 'test' })).toThrow(
    /PARLEY_SECRET: is missing[\s\S]*LIVEKIT_URL: is missing/,
  );
});

test('an empty setting counts as none', () => {
  expect(readEnv({ ...needed, CALL_RING_SECONDS: '' }).CALL_RING_SECONDS).toBe(60);
});

test('PARLEY_TEST_TIMES goes below the operator’s range, changes only what it names, and is refused in public', () => {
  const given = { ...needed, CALL_REJOIN_SECONDS: '20', PARLEY_TEST_TIMES: 'ring=400' };
  expect(callTimesOf(readEnv(given))).toEqual({ ringTimeoutMs: 400, rejoinTimeoutMs: 20_000 });
  const inPublic = {
    PARLEY_URL: 'https://parley.example.org',
    LIVEKIT_PUBLIC_URL: 'wss://media.example.org',
  };
  expect(() => readEnv({ ...needed, ...inPublic })).not.toThrow();
  expect(() => readEnv({ ...given, ...inPublic })).toThrow(/PARLEY_TEST_TIMES: is for tests only/);
});

test('files in a bucket need its key and secret', () => {
  const bucket = {
    ...needed,
    PARLEY_FILES: 'https://s3.example.org/bucket/of/parley',
    PARLEY_FILES_KEY: 'key',
  };
  expect(() => readEnv(bucket)).toThrow(/PARLEY_FILES_KEY: and PARLEY_FILES_SECRET must be set/);
  expect(readEnv({ ...bucket, PARLEY_FILES_SECRET: 'secret' }).PARLEY_FILES_REGION).toBe('us-east-1');
});

test('the push service of tests is refused in public', () => {
  const inPublic = {
    PARLEY_URL: 'https://parley.example.org',
    LIVEKIT_PUBLIC_URL: 'wss://media.example.org',
  };
  const given = { ...needed, ...inPublic, PARLEY_TEST_PUSH_SERVICE: 'http://127.0.0.1:4100' };
  expect(() => readEnv(given)).toThrow(/PARLEY_TEST_PUSH_SERVICE: is for tests only/);
});
