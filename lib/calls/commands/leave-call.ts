import 'server-only';
import type { CallView } from '@parley/call-protocol';
import { lockRows } from '@/db/lock-rows';
import type { CallDeps } from '@/lib/deps';
import type { CallId, ClientId } from '@/lib/ids';
import type { Viewer } from '@/lib/viewer';
import { requireView } from '../reads/read-calls';
import { inOneUnit } from '../unit-of-work';
import { cancelStart, cancelStartsOf } from './remember-start';
import { requireMember } from './require-member';

/**
 * **Disconnect** / **Leave**: guarantees that this tab's part in the call has ended. Never refused;
 * a tab that holds no part, or an ended call, returns the view as it is.
 */
export async function leaveCall(
  deps: CallDeps,
  viewer: Viewer,
  { callId, clientId }: { callId: CallId; clientId: ClientId },
): Promise<CallView> {
  const { userId } = viewer;
  const touches = { calls: [callId], people: [userId] };
  await inOneUnit(deps, touches, async (unit) => {
    await requireMember(unit, userId, callId);
    const { outcome } = await unit.apply(callId, { type: 'leave', userId, clientId });
    if (outcome === 'changed') await cancelStartsOf(unit.tx, userId, callId);
  });
  return requireView(deps, userId, callId);
}

/**
 * **Disconnect** before the server has responded: leaves the call that this start became, or, when
 * the start is still on its way, guarantees that it will create nothing; nor does a repeat of it enter again.
 */
export async function leaveByRequest(
  deps: CallDeps,
  viewer: Viewer,
  { requestId, clientId }: { requestId: string; clientId: ClientId },
): Promise<CallView | null> {
  const { userId } = viewer;
  const callId = await deps.transaction(async (tx) => {
    // A start of the same request locks its caller, too.
    await lockRows(tx, { people: [userId] });
    return cancelStart(deps, tx, userId, requestId);
  });
  return callId ? leaveCall(deps, viewer, { callId, clientId }) : null;
}
