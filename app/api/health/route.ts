import { defineRoute } from '@/lib/http/define-route';

/**
 * 200 when the database and LiveKit respond, else 503 that names what does not. Also says how many seconds
 * LiveKit's clock is ahead; calls allow for it.
 */
export const GET = defineRoute({
  access: 'anyone',
  handle: async ({ deps }) => {
    const [database, livekit] = await Promise.all([answers(deps.ping), answers(deps.media.ping)]);
    const livekitClockOffsetSeconds = Math.round(deps.media.clockOffsetMs() / 1000);
    return Response.json(
      { database, livekit, livekitClockOffsetSeconds },
      { status: database && livekit ? 200 : 503 },
    );
  },
});

async function answers(ping: () => Promise<boolean>): Promise<boolean> {
  try {
    return await ping();
  } catch {
    // The response says which part is down; why is in that part's own log.
    return false;
  }
}
