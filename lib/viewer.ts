import type { ClientId, SignInId, UserId } from '@/lib/ids';

/** Who a request comes from: read from the sign-in cookie, never from a body. */
export type Viewer = { userId: UserId; signInId: SignInId; isOperator: boolean };

/** A request that names no tab counts as one client per sign-in (CALLS.md, "Clients"). */
export function clientOf(viewer: Viewer, clientId: string | undefined): ClientId {
  return (clientId ?? viewer.signInId) as ClientId;
}
