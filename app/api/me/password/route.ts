import { changePasswordSchema } from '@parley/call-protocol';
import { preparePasswordChange } from '@/lib/auth/change-password';
import { endSignIns } from '@/lib/calls/commands/end-sign-ins';
import { defineRoute } from '@/lib/http/define-route';

/** Changes the password and revokes every other sign-in: its streams close and its clients leave their call. */
export const PUT = defineRoute({
  access: 'signed_in',
  countsAs: 'nothing',
  body: changePasswordSchema,
  handle: async ({ deps, viewer, body }) => {
    await endSignIns(deps, await preparePasswordChange(deps, viewer, body));
  },
});
