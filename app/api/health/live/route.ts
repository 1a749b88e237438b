import { defineRoute } from '@/lib/http/define-route';

/** Liveness: the process responds; nothing else is checked. */
export const GET = defineRoute({ access: 'anyone', handle: async () => ({ ok: true }) });
