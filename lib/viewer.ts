import type { ClientId, SignInId, UserId } from '@/lib/ids';

/** The person behind a request, read from the sign-in cookie and never from a body. */
export type Viewer = { userId: UserId; signInId: SignInId; isOperator: boolean };

/** What is read of a request's headers, by lower-case name; a `Headers` is one, too. */
export type ReadableHeaders = { get(name: string): string | null };

/** A request without a client id counts as one client per sign-in (docs/calls.md, "Clients"). */
export function clientOf(viewer: Viewer, clientId: string | undefined): ClientId {
  return (clientId ?? viewer.signInId) as ClientId;
}

/** One thing as each viewer that it was read for may see it; null: not at all. */
export type SeenBy<T> = (viewerId: UserId) => T | null;
