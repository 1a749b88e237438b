import { AppError } from '@/lib/errors';
import { defineRoute } from '@/lib/http/define-route';
import { userParams } from '@/lib/users/params';
import { readUser } from '@/lib/users/read-users';

export const GET = defineRoute({
  access: 'signed_in',
  params: userParams,
  handle: async ({ deps, viewer, params }) => {
    const user = await readUser(deps, viewer.userId, params.userId);
    if (!user) throw new AppError('not_found', 'server.noSuchPerson');
    return user;
  },
});
