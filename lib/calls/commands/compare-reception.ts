import 'server-only';
import { isInCall, type Reception } from '@parley/call-protocol';
import type { CallDeps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import type { CallId, UserId } from '@/lib/ids';
import type { Viewer } from '@/lib/viewer';
import { participationOf } from '../model/call';
import { requireParticipant } from './require-member';

/**
 * Asks everyone else in the call how they receive this participant's voice; their browsers answer by themselves.
 *
 * @throws {AppError} not_found; not_allowed — not in the call; call_ended
 */
export async function askReception(deps: CallDeps, { userId }: Viewer, callId: CallId): Promise<void> {
  const { participations } = await requireParticipant(deps.db, userId, callId);
  const who = participations.filter((part) => isInCall(part)).map((part) => part.userId);
  const event = { type: 'reception', data: { callId, userId, asks: true } } as const;
  await deps.bus.publish({ type: 'passing', who: who.filter((id) => id !== userId), event });
}

/**
 * Reports to one participant how this one receives their voice: loss and round trip, and nothing else.
 *
 * @throws {AppError} not_found; not_allowed — one of the two is not in the call; call_ended
 */
export async function reportReception(
  deps: CallDeps,
  { userId }: Viewer,
  { callId, toUserId, reception }: { callId: CallId; toUserId: UserId; reception: Reception },
): Promise<void> {
  const call = await requireParticipant(deps.db, userId, callId);
  if (!isInCall(participationOf(call, toUserId))) throw new AppError('not_allowed', 'server.notInCall');
  const { lossPercent, roundTripMs } = reception;
  const event = { type: 'reception', data: { callId, userId, lossPercent, roundTripMs } } as const;
  await deps.bus.publish({ type: 'passing', who: [toUserId], event });
}
