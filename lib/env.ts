import 'server-only';
import { z } from 'zod';
import { productionFaults } from './production-faults.mjs';

const seconds = (fallback: number, min: number, max: number) =>
  z.coerce.number().int().min(min).max(max).default(fallback);

const schema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  HOSTNAME: z.string().default('127.0.0.1'),
  PARLEY_URL: z.url().optional(),
  PARLEY_DATA_DIR: z.string().min(1).default('.data'),
  PARLEY_SECRET: z.string().min(32, 'must have at least 32 characters'),
  /** As the app reaches LiveKit; set by scripts/start.mjs when the embedded one runs. */
  LIVEKIT_URL: z.string().regex(/^(ws|http)s?:\/\//, 'must start with ws:// or wss://'),
  LIVEKIT_PUBLIC_URL: z
    .string()
    .regex(/^(ws|http)s?:\/\//)
    .optional(),
  LIVEKIT_API_KEY: z.string().min(1),
  LIVEKIT_API_SECRET: z.string().min(32, 'must have at least 32 characters'),
  /** Set by scripts/start.mjs: the LiveKit server is the one it runs. */
  PARLEY_EMBEDDED_LIVEKIT: z.enum(['0', '1']).default('0'),
  /** Unset: what the operator chose on their screen, which begins with `invite`. */
  PARLEY_REGISTRATION: z.enum(['invite', 'open']).optional(),
  PARLEY_TRUSTED_PROXIES: z.string().default(''),
  CALL_RING_SECONDS: seconds(60, 15, 120),
  CALL_REJOIN_SECONDS: seconds(15, 5, 60),
  /** Unset: `/api/metrics` answers in the demo only. */
  PARLEY_METRICS: z.enum(['0', '1']).optional(),
  /** With it `/api/metrics` answers whoever sends it as a bearer token, and nobody else. */
  PARLEY_METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
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
