import { revokeSignIn } from '@/lib/auth/revoke-sign-ins';
import { clearedSessionCookie } from '@/lib/auth/session-cookie';
import { leaveCallsOfSignIns } from '@/lib/calls/leave-call';
import { defineRoute } from '@/lib/http/define-route';

/** Revokes this sign-in only: its streams close, its clients leave their call, its cookie is cleared. */
export const POST = defineRoute({
  access: 'signed_in',
  countsAs: 'nothing',
  handle: async ({ deps, viewer }) => {
    const revoked = await revokeSignIn(deps, viewer.signInId);
    deps.realtime.closeSignIns(revoked);
    await leaveCallsOfSignIns(deps, revoked);
    return new Response(null, { status: 204, headers: { 'set-cookie': clearedSessionCookie(deps.env) } });
  },
});
