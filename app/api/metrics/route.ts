import { defineRoute } from '@/lib/http/define-route';
import { readMetrics } from '@/lib/operator/read-metrics';

/** For Prometheus; see docs/operating.md for who may read it. */
export const GET = defineRoute({
  access: 'anyone',
  handle: async ({ deps, request }) =>
    new Response(await readMetrics(deps, request.headers.get('authorization')), {
      headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
    }),
});
