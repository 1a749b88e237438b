import { defineRoute } from '@/lib/http/define-route';
import { revokeInvite } from '@/lib/operator/invite-links';
import { inviteParams } from '@/lib/operator/params';

export const DELETE = defineRoute({
  access: 'operator',
  params: inviteParams,
  handle: ({ deps, viewer, params }) => revokeInvite(deps, viewer.userId, params.linkId),
});
