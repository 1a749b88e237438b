import 'server-only';
import { isInCall, type Reaction } from '@parley/call-protocol';
import type { CallDeps } from '@/lib/deps';
import type { CallId } from '@/lib/ids';
import type { Viewer } from '@/lib/viewer';
import { requireParticipant } from './require-member';

/**
 * Shows a reaction to everyone who is in the call at this moment. Nothing is stored: a reaction that is lost on the
 * way is not worth repeating.
 *
 * @throws {AppError} not_found; not_allowed — not in the call; call_ended
 */
export async function react(
  deps: CallDeps,
  { userId }: Viewer,
  { callId, reaction }: { callId: CallId; reaction: Reaction },
): Promise<void> {
  const { participations } = await requireParticipant(deps.db, userId, callId);
  const who = participations.filter((part) => isInCall(part)).map((part) => part.userId);
  const event = { type: 'reaction', data: { callId, userId, reaction } } as const;
  await deps.bus.publish({ type: 'passing', who, event });
}
