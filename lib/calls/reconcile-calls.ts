import 'server-only';
import { inArray } from 'drizzle-orm';
import { calls } from '@/db/schema';
import type { Deps } from '@/lib/deps';
import type { MediaParticipant } from '@/lib/media/media-server';
import { metrics } from '@/lib/metrics';
import { applyTrigger } from './apply-trigger';
import { type Call, isEntitled, isIn, participationOf } from './call';
import { healCalls } from './heal-calls';
import { loadCall, loadLiveCalls } from './load-call';
import { restoreRoom } from './restore-room';
import { readRoomPrefix } from './start-call';
import { countLook } from './tell-story';

/** A start makes its room before its call: younger rooms may be about to get one. */
const orphanAgeMs = 30_000;

/** Whose LiveKit did not answer the last time: told once, and once more when it is back. */
const unanswered = new WeakSet<object>();

/**
 * Makes the database and LiveKit agree, whatever webhook was lost and whichever side was down: asks
 * LiveKit once for its rooms, makes missing ones again, notes who is there and who is not, removes
 * who is not entitled, deletes rooms that have no live call. Without LiveKit's answer nobody is
 * taken to have left; the calls are marked and end after mediaLostTimeoutMs.
 * @param isFirst true until LiveKit has answered this process once: a call that everyone left while
 *   the app was down ends at once instead of waiting for people who went long ago
 * @returns whether LiveKit answered
 */
export async function reconcileCalls(deps: Deps, { isFirst = false } = {}): Promise<boolean> {
  await healCalls(deps);
  const live = await loadLiveCalls(deps.db);
  const prefix = await readRoomPrefix(deps);
  let rooms: Awaited<ReturnType<Deps['media']['listRooms']>>;
  try {
    rooms = await deps.media.listRooms(prefix);
  } catch (error) {
    if (!unanswered.has(deps.media)) deps.log.warn({ err: error }, 'LiveKit does not answer');
    unanswered.add(deps.media);
    for (const call of live) await applyTrigger(deps, call.id, { type: 'media_lost' }, 'reconciler');
    metrics().reconcileFailures.inc();
    return false;
  }
  if (unanswered.delete(deps.media)) deps.log.info('LiveKit answers again');
  const names = new Set(rooms.map((room) => room.name));
  for (const call of live) {
    try {
      await reconcileCall(deps, call, names.has(call.roomName), isFirst);
    } catch (error) {
      deps.log.warn(
        { err: error, callId: call.id },
        'a call could not be checked; the next tick tries again',
      );
    }
  }
  await deleteOrphans(deps, rooms);
  return true;
}

async function reconcileCall(deps: Deps, call: Call, hasRoom: boolean, isFirst: boolean): Promise<void> {
  countLook(deps, call.id);
  if (!hasRoom) {
    await restoreRoom(deps, call);
    return;
  }
  const present = await deps.media.listParticipants(call.roomName);
  await removeIntruders(deps, call, present);
  if (isFirst && present.length === 0 && wasEveryoneUp(call) && !areWaiting(deps, call)) {
    for (const { userId } of call.participations.filter(isIn)) {
      await applyTrigger(deps, call.id, { type: 'leave', userId, clientId: null }, 'reconciler');
    }
    return;
  }
  if (call.mediaLostAt !== null) {
    const flat = present.map(({ identity, sid }) => ({ ...identity, sid }));
    await applyTrigger(deps, call.id, { type: 'media_restored', present: flat }, 'reconciler');
    return;
  }
  await noteWhoIsHere(deps, call, present);
}

/**
 * Judged by the call as it is after the list was made: whoever is in the list had a token, and so
 * entered before it. The call as loaded for this tick may be seconds old, and would send away
 * somebody who has accepted since.
 */
async function removeIntruders(
  deps: Deps,
  { id, roomName }: Call,
  present: MediaParticipant[],
): Promise<void> {
  if (present.length === 0) return;
  const call = await loadCall(deps.db, id);
  if (!call) return;
  for (const { identity } of present) {
    if (!isEntitled(call, identity.userId, identity.clientId)) {
      await deps.media.removeParticipant(roomName, identity);
    }
  }
}

/** Nobody is on the way in or being waited for: whoever is missing now has gone. */
function wasEveryoneUp(call: Call): boolean {
  return (
    call.rings.every((ring) => ring.state !== 'ringing') &&
    call.participations.filter(isIn).every((part) => part.mediaSid !== null)
  );
}

/** LiveKit was away, and people whose browsers are here want to be in its room again: they get their time. */
function areWaiting({ realtime }: Deps, call: Call): boolean {
  return (
    call.mediaLostAt !== null &&
    call.participations.some((part) => isIn(part) && realtime.isOnline(part.userId))
  );
}

async function noteWhoIsHere(deps: Deps, call: Call, present: MediaParticipant[]): Promise<void> {
  for (const { identity, sid } of present) {
    const part = participationOf(call, identity.userId);
    if (isIn(part) && part.clientId === identity.clientId && part.mediaSid !== sid) {
      await applyTrigger(deps, call.id, { type: 'media_joined', ...identity, sid }, 'reconciler');
    }
  }
  for (const part of call.participations.filter(isIn)) {
    const isHere = present.some(
      ({ identity }) => identity.userId === part.userId && identity.clientId === part.clientId,
    );
    const silentSince = deps.realtime.silentSince(part.signInId);
    const mayBeMissed = silentSince !== null && part.connectDeadlineAt !== null;
    // Named by the connection we knew: somebody who came back meanwhile is not sent away again.
    if (!isHere && (part.mediaSid !== null || mayBeMissed)) {
      const { userId, clientId, mediaSid: sid } = part;
      await applyTrigger(
        deps,
        call.id,
        { type: 'media_left', userId, clientId, sid, silentSince },
        'reconciler',
      );
    }
  }
}

/** Rooms without a live call: those of ended calls at once, unknown ones when no start can be about to use them. */
async function deleteOrphans(deps: Deps, rooms: { name: string; createdAtMs: number }[]): Promise<void> {
  const names = rooms.map((room) => room.name);
  const known = await deps.db
    .select({ name: calls.roomName, status: calls.status })
    .from(calls)
    .where(inArray(calls.roomName, names));
  const statuses = new Map(known.map(({ name, status }) => [name, status]));
  for (const { name, createdAtMs } of rooms) {
    const status = statuses.get(name);
    const mayGetCall = status === undefined && deps.clock.wallNow() - createdAtMs < orphanAgeMs;
    if (mayGetCall || (status !== undefined && status !== 'ended')) continue;
    try {
      await deps.media.deleteRoom(name);
    } catch (error) {
      deps.log.warn({ err: error }, 'a room without a call was left; the next tick deletes it');
    }
  }
}
