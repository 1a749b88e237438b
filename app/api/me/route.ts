import { changeMeSchema } from '@parley/call-protocol';
import { changeMe } from '@/lib/calls/commands/change-me';
import { defineRoute } from '@/lib/http/define-route';
import { readMe } from '@/lib/users/read-me';
import { readPersons } from '@/lib/users/read-users';

export const GET = defineRoute({
  access: 'signed_in',
  handle: async ({ deps, viewer }) => {
    const [person] = await readPersons(deps.db, [viewer.userId]);
    return { ...person, ...(await readMe(deps.db, viewer.userId)) };
  },
});

export const PATCH = defineRoute({
  access: 'signed_in',
  body: changeMeSchema,
  handle: ({ deps, viewer, body }) => changeMe(deps, viewer.userId, body),
});
