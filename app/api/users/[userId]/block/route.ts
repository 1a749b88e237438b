import { blockUser } from '@/lib/calls/commands/block-user';
import { defineRoute } from '@/lib/http/define-route';
import { unblockUser } from '@/lib/users/block';
import { userParams } from '@/lib/users/params';

/** Blocks a person: once this returns, rings and direct calls between the two have ended and new ones are refused. */
export const PUT = defineRoute({
  access: 'signed_in',
  params: userParams,
  handle: ({ deps, viewer, params }) => blockUser(deps, viewer.userId, params.userId),
});

export const DELETE = defineRoute({
  access: 'signed_in',
  params: userParams,
  handle: ({ deps, viewer, params }) => unblockUser(deps, viewer.userId, params.userId),
});
