import { defineRoute, methodNotAllowed } from '@/lib/http/define-route';
import { eventResponse } from '@/lib/realtime/event-response';

export const dynamic = 'force-dynamic';

export const GET = defineRoute({
  access: 'signed_in',
  handle: async ({ deps, viewer, request }) =>
    eventResponse(deps.hub, viewer, request.signal, async () => (await deps.viewerOf(request)) !== null),
});

// Next would answer HEAD by running GET, whose stream nobody would ever read or close.
export const HEAD = methodNotAllowed;
