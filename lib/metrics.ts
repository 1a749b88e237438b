import 'server-only';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** What is counted as it happens; what the database knows is read when somebody asks (lib/operator/read-metrics.ts). */
export type Metrics = {
  registry: Registry;
  /** Seconds until the answer began, by method, route pattern and status. */
  httpSeconds: Histogram<'method' | 'route' | 'status'>;
  /** LiveKit's webhooks, by type and by what became of them. */
  webhooks: Counter<'type' | 'result'>;
  /** Seconds that comparing with LiveKit took, answered or not. */
  reconcileSeconds: Histogram;
  /** Comparisons that LiveKit did not answer, or that failed. */
  reconcileFailures: Counter;
};

// Next compiles boot and routes into separate copies of this module: one set for all.
const kept = globalThis as typeof globalThis & { __parleyMetrics?: Metrics };

/** The process's counters. */
export function metrics(): Metrics {
  kept.__parleyMetrics ??= makeMetrics();
  return kept.__parleyMetrics;
}

function makeMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    httpSeconds: new Histogram({
      name: 'parley_http_request_duration_seconds',
      help: 'Time until an answer began',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    webhooks: new Counter({
      name: 'parley_webhook_events_total',
      help: 'Webhooks of LiveKit: taken, or refused with a code',
      labelNames: ['type', 'result'],
      registers,
    }),
    reconcileSeconds: new Histogram({
      name: 'parley_reconcile_duration_seconds',
      help: 'Time that one comparison with LiveKit took',
      buckets: [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    reconcileFailures: new Counter({
      name: 'parley_reconcile_failures_total',
      help: 'Comparisons with LiveKit that it did not answer or that failed',
      registers,
    }),
  };
}

/**
 * The address with the values of its parameters taken out, so that a series belongs to a route and
 * not to a person: `/api/calls/call_8f3c/accept` becomes `/api/calls/[callId]/accept`.
 */
export function routePattern(path: string, params: Record<string, string | string[] | undefined>): string {
  const names = Object.entries(params);
  return path
    .split('/')
    .map((segment) => {
      const found = names.find(([, value]) => value === segment || value === decoded(segment));
      return found ? `[${found[0]}]` : segment;
    })
    .join('/');
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
