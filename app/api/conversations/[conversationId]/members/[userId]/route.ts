import { removeFromCall } from '@/lib/calls/leave-call';
import { addMember, removeMember } from '@/lib/conversations/change-members';
import { memberParams } from '@/lib/conversations/params';
import { defineRoute } from '@/lib/http/define-route';

export const PUT = defineRoute({
  access: 'signed_in',
  params: memberParams,
  handle: ({ deps, viewer, params }) => addMember(deps, viewer.userId, params.conversationId, params.userId),
});

/** Leaving, or being removed: the person's ring and part in a call end with it. */
export const DELETE = defineRoute({
  access: 'signed_in',
  params: memberParams,
  handle: async ({ deps, viewer, params }) => {
    await removeMember(deps, viewer.userId, params.conversationId, params.userId);
    await removeFromCall(deps, params.conversationId, params.userId);
  },
});
