import { makeInviteSchema } from '@parley/call-protocol';
import { defineRoute } from '@/lib/http/define-route';
import { makeInvite } from '@/lib/operator/invite-links';

export const POST = defineRoute({
  access: 'operator',
  body: makeInviteSchema,
  status: 201,
  handle: ({ deps, viewer, body }) => makeInvite(deps, viewer.userId, body),
});
