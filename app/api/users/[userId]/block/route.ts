import { endBetween } from '@/lib/calls/leave-call';
import { defineRoute } from '@/lib/http/define-route';
import { blockUser, unblockUser } from '@/lib/users/block';
import { userParams } from '@/lib/users/params';

/** From the answer on nothing passes between the two, and what rang or ran between them has ended. */
export const PUT = defineRoute({
  access: 'signed_in',
  params: userParams,
  handle: async ({ deps, viewer, params }) => {
    await blockUser(deps, viewer.userId, params.userId);
    await endBetween(deps, viewer.userId, params.userId);
  },
});

export const DELETE = defineRoute({
  access: 'signed_in',
  params: userParams,
  handle: ({ deps, viewer, params }) => unblockUser(deps, viewer.userId, params.userId),
});
