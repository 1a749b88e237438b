import { changeCommunitySchema } from '@parley/call-protocol';
import { defineRoute } from '@/lib/http/define-route';
import { changeCommunity } from '@/lib/operator/change-community';
import { readOperatorView } from '@/lib/operator/read-operator-view';

export const GET = defineRoute({
  access: 'operator',
  handle: ({ deps, viewer }) => readOperatorView(deps, viewer.userId),
});

export const PATCH = defineRoute({
  access: 'operator',
  body: changeCommunitySchema,
  handle: ({ deps, viewer, body }) => changeCommunity(deps, viewer.userId, body),
});
