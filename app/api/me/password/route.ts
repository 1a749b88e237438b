import { changePassword } from '@/lib/auth/change-password';
import { leaveCallsOfSignIns } from '@/lib/calls/commands/leave-call';
import { defineRoute } from '@/lib/http/define-route';
import { changePasswordSchema } from '@/lib/protocol';

/** Changes the password and revokes every other sign-in: its streams close and its clients leave their call. */
export const PUT = defineRoute({
  access: 'signed_in',
  countsAs: 'nothing',
  body: changePasswordSchema,
  handle: async ({ deps, viewer, body }) => {
    const revoked = await changePassword(deps, viewer, body);
    deps.realtime.closeSignIns(revoked);
    await leaveCallsOfSignIns(deps, revoked);
  },
});
