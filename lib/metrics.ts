import 'server-only';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Counters are updated as events happen; gauges from `live` on are read from the database per request (lib/operator/read-metrics.ts). */
export type Metrics = {
  registry: Registry;
  /** Seconds until the response began, by method, route pattern and status. */
  httpSeconds: Histogram<'method' | 'route' | 'status'>;
  /** LiveKit's webhooks by type and result. */
  webhooks: Counter<'type' | 'result'>;
  /** Seconds per reconcile, failed ones included. */
  reconcileSeconds: Histogram;
  /** Reconciles that failed, or that LiveKit did not respond to. */
  reconcileFailures: Counter;
  live: Gauge<'status'>;
  streams: Gauge;
  ended: Counter<'reason'>;
  rings: Counter<'outcome'>;
  /** Messages to push services by kind and how their sending ended. */
  pushes: Counter<'kind' | 'result'>;
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
  // Every 10 ms, its default, woke an idle process 100 times a second: more than half of the time that it used.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 200 });
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
    live: new Gauge({
      name: 'parley_calls_live',
      help: 'Calls that ring or run',
      labelNames: ['status'],
      registers,
    }),
    streams: new Gauge({ name: 'parley_streams_open', help: 'Open event streams', registers }),
    ended: new Counter({
      name: 'parley_calls_ended_total',
      help: 'Calls that have ended, by reason',
      labelNames: ['reason'],
      registers,
    }),
    rings: new Counter({
      name: 'parley_rings_total',
      help: 'Rings that are over, by outcome',
      labelNames: ['outcome'],
      registers,
    }),
    pushes: new Counter({
      name: 'parley_pushes_total',
      help: 'Messages to push services, by how their sending ended',
      labelNames: ['kind', 'result'],
      registers,
    }),
  };
}
