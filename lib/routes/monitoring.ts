import 'server-only';
import { Answer } from '@/lib/http/answer';
import { defineRoute } from '@/lib/http/define-route';
import { readMetrics } from '@/lib/operator/read-metrics';

export const monitoringRoutes = {
  /**
   * 200 when the database and LiveKit respond, else 503 that names what does not. Also says how many seconds
   * LiveKit's clock is ahead; calls allow for it. Where PARLEY_FILES is set it says whether pictures can be reached, and
   * where servers share a community whether Redis responds, which are no 503: everything else goes on.
   */
  'GET /api/health': defineRoute({
    access: 'anyone',
    handle: async ({ deps }) => {
      const [database, livekit, files] = await Promise.all([
        answers(deps.ping),
        answers(deps.media.ping),
        deps.env.PARLEY_FILES === undefined
          ? undefined
          : answers(async () => Boolean(await deps.files.check())),
      ]);
      const livekitClockOffsetSeconds = Math.round(deps.media.clockOffsetMs() / 1000);
      const shared = deps.link && {
        redis: deps.link.isConnected(),
        servers: deps.link.count(),
        doesJobs: deps.lease.isHeld(),
      };
      return Answer.json(
        { database, livekit, livekitClockOffsetSeconds, ...(files !== undefined && { files }), ...shared },
        database && livekit ? 200 : 503,
      );
    },
  }),

  /** Liveness: the process responds; nothing else is checked. `start` names the start that it belongs to. */
  'GET /api/health/live': defineRoute({
    access: 'anyone',
    handle: async ({ deps }) => ({ ok: true, start: deps.env.PARLEY_START_ID ?? null }),
  }),

  /** Metrics for Prometheus; docs/operating.md says who may read them. */
  'GET /api/metrics': defineRoute({
    access: 'anyone',
    handle: async ({ deps, request }) =>
      new Answer(200, await readMetrics(deps, request.headers.get('authorization')), {
        'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      }),
  }),
};

async function answers(ping: () => Promise<boolean>): Promise<boolean> {
  try {
    return await ping();
  } catch {
    // The response says which part is down; why is in that part's own log.
    return false;
  }
}
