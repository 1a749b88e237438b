import { defineRoute } from '@/lib/http/define-route';
import { readMetrics } from '@/lib/operator/read-metrics';

/** Metrics for Prometheus; docs/operating.md says who may read them. */
export const GET = defineRoute({
  access: 'anyone',
  handle: async ({ deps, request }) =>
    new Response(await readMetrics(deps, request.headers.get('authorization')), {
      headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
    }),
});
