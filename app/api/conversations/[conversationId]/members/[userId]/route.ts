import { addToGroup, removeFromGroup } from '@/lib/calls/commands/change-members';
import { memberParams } from '@/lib/conversations/params';
import { defineRoute } from '@/lib/http/define-route';

/** Adds a member, who sees **Join call** if a call is live and is not rung. */
export const PUT = defineRoute({
  access: 'signed_in',
  params: memberParams,
  handle: ({ deps, viewer, params }) => addToGroup(deps, viewer.userId, params.conversationId, params.userId),
});

/** Removes a member (or the viewer leaves); their ring and participation in a live call end. */
export const DELETE = defineRoute({
  access: 'signed_in',
  params: memberParams,
  handle: ({ deps, viewer, params }) =>
    removeFromGroup(deps, viewer.userId, params.conversationId, params.userId),
});
