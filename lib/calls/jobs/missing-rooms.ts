import 'server-only';
import type { CallDeps } from '@/lib/deps';
import type { CallId } from '@/lib/ids';
import { restoreRoom } from './restore-room';

/** Of several nodes one that has just died, or a Redis that has just returned, makes rooms seem missing for seconds. */
const missingForMs = 10_000;
/** Looks further apart than this say nothing about the time between them. */
const forgottenAfterMs = 30_000;

type Missing = Map<CallId, { since: number; seenAt: number }>;
/** The rooms of live calls that LiveKit's list lacked at the last look, by process. */
const kept = new WeakMap<CallDeps['mediaWork'], Missing>();

function missingOf({ mediaWork }: CallDeps): Missing {
  const found = kept.get(mediaWork) ?? new Map();
  kept.set(mediaWork, found);
  return found;
}

/**
 * LiveKit's list lacks this call's room. Makes it again, where LiveKit is one server, because that was restarted. Of
 * several nodes one may still have the room with everyone in it, and a second room of the same name would part them:
 * there it is made only when two looks 10 s apart lack it, and until then nothing changes.
 *
 * @throws MediaUnavailable
 */
export async function restoreMissing(deps: CallDeps, call: { id: CallId; roomName: string }): Promise<void> {
  if (deps.mediaNodes === 'several' && !hasLongBeenMissing(deps, call.id)) return;
  await restoreRoom(deps, call);
  noteFound(deps, call.id);
}

/** LiveKit's list has this call's room. */
export function noteFound(deps: CallDeps, callId: CallId): void {
  missingOf(deps).delete(callId);
}

function hasLongBeenMissing(deps: CallDeps, callId: CallId): boolean {
  const now = deps.clock.now();
  const missing = missingOf(deps);
  for (const [id, { seenAt }] of missing) if (now - seenAt > forgottenAfterMs) missing.delete(id);
  const since = missing.get(callId)?.since ?? now;
  missing.set(callId, { since, seenAt: now });
  return now - since >= missingForMs;
}
