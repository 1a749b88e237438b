import { quietRings } from '@/lib/calls/commands/quiet-rings';
import { defineRoute } from '@/lib/http/define-route';
import { changeMeSchema } from '@/lib/protocol';
import { changeMe } from '@/lib/users/change-me';
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
  handle: async ({ deps, viewer, body }) => {
    const me = await changeMe(deps, viewer.userId, body);
    if (body.doNotDisturb) await quietRings(deps, viewer.userId);
    return me;
  },
});
