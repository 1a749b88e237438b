import { defineRoute, methodNotAllowed } from '@/lib/http/define-route';
import { countSnapshot } from '@/lib/http/rate-limit';
import { eventResponse } from '@/lib/realtime/event-response';

export const dynamic = 'force-dynamic';

export const GET = defineRoute({
  access: 'signed_in',
  countsAs: 'nothing',
  handle: async ({ deps, viewer, request }) => {
    await countSnapshot(deps, viewer);
    const stillSignedIn = async () => (await deps.viewerOf(request)) !== null;
    return eventResponse(deps.fanOut, viewer, request.signal, stillSignedIn);
  },
});

// Next serves HEAD by running GET, and no client would ever read or close that stream.
export const HEAD = methodNotAllowed;
