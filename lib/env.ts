import 'server-only';
import { createECDH } from 'node:crypto';
import { z } from 'zod';
import { defaultRegion, filesFault } from './files-fault.mjs';
import { productionFaults } from './production-faults.mjs';
import { readTrustedProxies } from './trusted-proxies.mjs';

const wholeNumber = (fallback: number, min: number, max: number, unit = '') => {
  const error = `must be a whole number${unit} from ${min} to ${max}`;
  return z.coerce.number({ error }).int({ error }).min(min, { error }).max(max, { error }).default(fallback);
};

/** Empty settings count as missing, so text is wrong in this way only. */
const missing = 'is missing';
const secret = z.string(missing).min(32, 'must have at least 32 characters');
const mediaUrl = z
  .string(missing)
  .regex(/^(ws|http)s?:\/\//, 'must start with ws://, or with wss:// where it has TLS');

function isPrivateKey(text: string): boolean {
  if (!/^[A-Za-z0-9_-]{43}$/.test(text)) return false;
  try {
    createECDH('prime256v1').setPrivateKey(Buffer.from(text, 'base64url'));
    return true;
  } catch {
    return false;
  }
}

const variables = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  PORT: wholeNumber(3000, 1, 65535),
  HOSTNAME: z.string().default('127.0.0.1'),
  PARLEY_URL: z.url('must be an address such as https://parley.example.org').optional(),
  PARLEY_DATA_DIR: z.string().min(1).default('.data'),
  /** Unset: a SQLite file in the data folder. Read by db/dialect.ts, too. */
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must be an address such as postgres://parley:password@127.0.0.1/parley')
    .optional(),
  /** Where pictures are kept: a folder, or a bucket with its key, secret and region. Unset: the data folder. */
  PARLEY_FILES: z.string().optional(),
  PARLEY_FILES_KEY: z.string().optional(),
  PARLEY_FILES_SECRET: z.string().optional(),
  PARLEY_FILES_REGION: z.string().default(defaultRegion),
  PARLEY_SECRET: secret,
  /** As the app reaches LiveKit; set by scripts/start.mjs when the embedded one runs. */
  LIVEKIT_URL: mediaUrl,
  LIVEKIT_PUBLIC_URL: mediaUrl.optional(),
  LIVEKIT_API_KEY: z.string(missing),
  LIVEKIT_API_SECRET: secret,
  /** What several server processes share, besides the database. Unset: there is one. */
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'must look like redis://127.0.0.1:6379, or rediss:// where it has TLS')
    .optional(),
  /** Set by scripts/start.mjs: the LiveKit server is the one it runs. */
  PARLEY_EMBEDDED_LIVEKIT: z.enum(['0', '1']).default('0'),
  /** Set by scripts/start.mjs, which knows its own app by it. */
  PARLEY_START_ID: z.string().optional(),
  /** Unset: the operator's choice on their screen, at first `invite`. */
  PARLEY_REGISTRATION: z.enum(['invite', 'open']).optional(),
  /** Addresses and ranges (lib/trusted-proxies.mjs). */
  PARLEY_TRUSTED_PROXIES: z
    .string()
    .default('')
    .superRefine((text, context) => {
      for (const message of readTrustedProxies(text).wrong) context.addIssue({ code: 'custom', message });
    }),
  CALL_RING_SECONDS: wholeNumber(60, 15, 120, ' of seconds'),
  CALL_REJOIN_SECONDS: wholeNumber(15, 5, 60, ' of seconds'),
  /** Whether the callee of a direct call may be connected while it rings, hidden and without a voice. */
  CALL_PRECONNECT: z.enum(['on', 'off']).default('on'),
  /**
   * For tests only: `ring=4000,rejoin=1500`, in milliseconds, below what operators may set. Refused together
   * with PARLEY_URL (production-faults.mjs).
   */
  PARLEY_TEST_TIMES: z
    .string()
    .regex(/^(ring|rejoin)=[1-9]\d*(,(ring|rejoin)=[1-9]\d*)*$/, 'must look like ring=4000,rejoin=1500')
    .optional(),
  /**
   * For tests only: a JSON file with `messages` (as languages/en.json) and `callWords` (as the kit's catalogues), served to browsers whose cookie chooses `en-XA`,
   * or `ar-XB` for right to left. Refused together with PARLEY_URL.
   */
  PARLEY_TEST_LANGUAGE: z.string().optional(),
  /** VAPID's private key, base64url; unset: one is made and kept in the database. */
  PARLEY_VAPID_PRIVATE_KEY: z
    .string()
    .refine(isPrivateKey, 'must be a P-256 private key, 43 characters of base64url')
    .optional(),
  /** How a push service reaches the operator; unset: PARLEY_URL. */
  PARLEY_VAPID_SUBJECT: z
    .string()
    .regex(/^(mailto:.+@|https:\/\/)/, 'must be mailto: and an address, or start with https://')
    .optional(),
  /**
   * For tests only: the origin of a push service on this machine, such as http://127.0.0.1:4100, taken besides public ones.
   * Refused together with PARLEY_URL.
   */
  PARLEY_TEST_PUSH_SERVICE: z
    .string()
    .regex(/^http:\/\/127\.0\.0\.1:\d+$/, 'must look like http://127.0.0.1:4100')
    .optional(),
  /** Unset: `/api/metrics` responds in the demo only. */
  PARLEY_METRICS: z.enum(['0', '1']).optional(),
  /** When set, `/api/metrics` responds only to requests that carry it as a bearer token. */
  PARLEY_METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

const schema = variables.superRefine((env, context) => {
  const fault = filesFault(env);
  if (fault) context.addIssue({ code: 'custom', path: [fault.name], message: fault.words });
});

export type Env = z.infer<typeof schema> & {
  /** No public address is configured: demo community, loopback only. */
  isDemo: boolean;
};

/**
 * Reads and checks the environment. Throws an Error whose message names every wrong variable, in
 * words for the person who starts the server.
 */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`These settings are not right:\n${lines.join('\n')}`);
  }
  const env = { ...parsed.data, isDemo: parsed.data.PARLEY_URL === undefined };
  const wrong = productionFaults(env);
  if (wrong.length > 0) throw new Error(`These settings are not safe in public:\n  ${wrong.join('\n  ')}`);
  return env;
}

/**
 * Returns the durations that a deployment sets for its calls.
 *
 * @returns ring and rejoin time in milliseconds; PARLEY_TEST_TIMES wins over the operator's seconds
 */
export function callTimesOf(env: Env): { ringTimeoutMs: number; rejoinTimeoutMs: number } {
  const forTests = new Map(
    env.PARLEY_TEST_TIMES?.split(',').map((pair) => pair.split('=') as [string, string]),
  );
  return {
    ringTimeoutMs: Number(forTests.get('ring') ?? env.CALL_RING_SECONDS * 1000),
    rejoinTimeoutMs: Number(forTests.get('rejoin') ?? env.CALL_REJOIN_SECONDS * 1000),
  };
}
