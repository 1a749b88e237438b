import { removeFromCall } from '@/lib/calls/leave-call';
import { refreshCall } from '@/lib/calls/refresh-call';
import { addMember, removeMember } from '@/lib/conversations/change-members';
import { memberParams } from '@/lib/conversations/params';
import { defineRoute } from '@/lib/http/define-route';

/** Adding: whoever is new sees Join call, if a call lives there, and is not rung. */
export const PUT = defineRoute({
  access: 'signed_in',
  params: memberParams,
  handle: async ({ deps, viewer, params }) => {
    await addMember(deps, viewer.userId, params.conversationId, params.userId);
    await refreshCall(deps, params.conversationId);
  },
});

/** Leaving, or being removed: the person's ring and part in a call end with it, and nobody can ring them again. */
export const DELETE = defineRoute({
  access: 'signed_in',
  params: memberParams,
  handle: async ({ deps, viewer, params }) => {
    await removeMember(deps, viewer.userId, params.conversationId, params.userId);
    await removeFromCall(deps, params.conversationId, params.userId);
    await refreshCall(deps, params.conversationId);
  },
});
