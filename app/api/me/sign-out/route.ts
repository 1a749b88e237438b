import { revokeSignIn } from '@/lib/auth/revoke-sign-ins';
import { clearedSessionCookie } from '@/lib/auth/session-cookie';
import { leaveCallsOfSignIns } from '@/lib/calls/leave-call';
import { defineRoute } from '@/lib/http/define-route';

/** Ends exactly this sign-in: revoked, its streams closed, its call left, its cookie taken away. */
export const POST = defineRoute({
  access: 'signed_in',
  isLimited: false,
  handle: async ({ deps, viewer }) => {
    const revoked = await revokeSignIn(deps, viewer.signInId);
    deps.realtime.closeSignIns(revoked);
    await leaveCallsOfSignIns(deps, revoked);
    return new Response(null, { status: 204, headers: { 'set-cookie': clearedSessionCookie(deps.env) } });
  },
});
