import 'server-only';
import type { CallView } from '@parley/call-protocol';
import { and, eq } from 'drizzle-orm';
import { isLivePart } from '@/db/conditions';
import { participations, rings } from '@/db/schema';
import type { Deps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import type { CallId, RingId } from '@/lib/ids';
import type { RingNotice } from '@/lib/push/notification-words';
import type { Viewer } from '@/lib/viewer';
import { readCall } from './read-calls';

/**
 * Returns what a device of the callee shows for a ring, as things are now: what a push says may be long past.
 *
 * @throws {AppError} not_found — the ring is not the viewer's, or they may not see the call any more
 */
export async function readRingNotice(
  deps: Pick<Deps, 'db' | 'commits' | 'clock'>,
  viewer: Viewer,
  ringId: RingId,
): Promise<RingNotice> {
  const [ring] = await deps.db
    .select()
    .from(rings)
    .where(and(eq(rings.id, ringId), eq(rings.userId, viewer.userId)));
  const view = ring ? await readCall(deps, viewer.userId, ring.callId) : null;
  if (!ring || !view) throw new AppError('not_found', 'server.noSuchCall');
  const caller = view.people.find(({ user }) => user.id === ring.ringerId)?.user;
  return {
    state: await stateOf(deps, viewer, ring, view),
    callId: ring.callId,
    ringId,
    conversationId: view.conversation.id as RingNotice['conversationId'],
    caller: caller?.displayName ?? '',
    pictureUrl: caller?.avatarUrl ?? null,
    group: view.conversation.kind === 'group' ? (view.conversation.title ?? namesIn(view)) : null,
    line: view.line ?? null,
    msLeft: view.myRing?.id === ringId ? view.myRing.msLeft : 0,
  };
}

async function stateOf(
  deps: Pick<Deps, 'db'>,
  { userId, signInId }: Viewer,
  ring: { callId: CallId; state: string },
  view: CallView,
): Promise<RingNotice['state']> {
  switch (ring.state) {
    case 'ringing':
      return view.myRing?.isQuiet === false ? 'ringing' : 'silenced';
    case 'declined':
      return 'declined';
    case 'accepted': {
      const [here] = await deps.db
        .select({ callId: participations.callId })
        .from(participations)
        .where(and(eq(participations.userId, userId), eq(participations.signInId, signInId), isLivePart));
      return here?.callId === ring.callId ? 'answered_here' : 'answered';
    }
    default:
      return 'missed';
  }
}

/** As screens call a group without a title. */
function namesIn({ people, viewerId }: CallView): string {
  return people
    .filter(({ user }) => user.id !== viewerId)
    .map(({ user }) => user.displayName)
    .join(', ');
}
