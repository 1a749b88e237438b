import { defineRoute } from '@/lib/http/define-route';
import { readBlocks } from '@/lib/users/block';

export const GET = defineRoute({
  access: 'signed_in',
  handle: async ({ deps, viewer }) => ({ users: await readBlocks(deps, viewer.userId) }),
});
