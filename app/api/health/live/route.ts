import { defineRoute } from '@/lib/http/define-route';

/** Liveness: the process responds; nothing else is checked. `start` names the start that it belongs to. */
export const GET = defineRoute({
  access: 'anyone',
  handle: async ({ deps }) => ({ ok: true, start: deps.env.PARLEY_START_ID ?? null }),
});
