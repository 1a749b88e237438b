import { removeFromCall } from '@/lib/calls/commands/leave-call';
import { refreshCall } from '@/lib/calls/commands/refresh-call';
import { addMember, removeMember } from '@/lib/conversations/change-members';
import { memberParams } from '@/lib/conversations/params';
import { defineRoute } from '@/lib/http/define-route';

/** Adds a member, who sees **Join call** if a call is live and is not rung. */
export const PUT = defineRoute({
  access: 'signed_in',
  params: memberParams,
  handle: async ({ deps, viewer, params }) => {
    await addMember(deps, viewer.userId, params.conversationId, params.userId);
    await refreshCall(deps, params.conversationId);
  },
});

/** Removes a member (or the viewer leaves); their ring and participation in a live call end. */
export const DELETE = defineRoute({
  access: 'signed_in',
  params: memberParams,
  handle: async ({ deps, viewer, params }) => {
    await removeMember(deps, viewer.userId, params.conversationId, params.userId);
    await removeFromCall(deps, params.conversationId, params.userId);
    await refreshCall(deps, params.conversationId);
  },
});
