import 'server-only';
import { timingSafeEqual } from 'node:crypto';
import { count } from 'drizzle-orm';
import { isLiveCall } from '@/db/conditions';
import { calls, outcomeTotals } from '@/db/schema';
import type { AppDeps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import { metrics } from '@/lib/metrics';

type Measured = Pick<AppDeps, 'db' | 'env' | 'fanOut'>;

/**
 * Numbers for Prometheus, as text. Off with a public address unless PARLEY_METRICS=1 or a token is
 * set; with a token only for who sends it. Throws not_found, the same for off and for a wrong token.
 */
export async function readMetrics(deps: Measured, authorization: string | null): Promise<string> {
  if (!mayRead(deps, authorization)) throw new AppError('not_found');
  const shown = metrics();
  shown.streams.set(deps.fanOut.count());
  const live = await deps.db
    .select({ status: calls.status, n: count() })
    .from(calls)
    .where(isLiveCall)
    .groupBy(calls.status);
  for (const status of ['ringing', 'active'] as const) {
    shown.live.set({ status }, live.find((row) => row.status === status)?.n ?? 0);
  }
  // From the database, so that they survive a restart: set anew each time.
  shown.ended.reset();
  shown.rings.reset();
  for (const { kind, outcome, total } of await deps.db.select().from(outcomeTotals)) {
    if (kind === 'call') shown.ended.inc({ reason: outcome }, total);
    else shown.rings.inc({ outcome }, total);
  }
  return shown.registry.metrics();
}

function mayRead({ env }: Measured, authorization: string | null): boolean {
  const token = env.PARLEY_METRICS_TOKEN;
  if (token !== undefined) return env.PARLEY_METRICS !== '0' && isSame(authorization, `Bearer ${token}`);
  return env.PARLEY_METRICS === undefined ? env.isDemo : env.PARLEY_METRICS === '1';
}

function isSame(given: string | null, right: string): boolean {
  const [one, other] = [Buffer.from(given ?? ''), Buffer.from(right)];
  return one.length === other.length && timingSafeEqual(one, other);
}
