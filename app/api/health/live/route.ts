import { defineRoute } from '@/lib/http/define-route';

/** The process answers; nothing else is asked. */
export const GET = defineRoute({ access: 'anyone', handle: async () => ({ ok: true }) });
