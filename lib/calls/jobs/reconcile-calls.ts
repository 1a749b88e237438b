import 'server-only';
import { isInCall } from '@parley/call-protocol';
import { inArray } from 'drizzle-orm';
import { inChunks } from '@/db/chunks';
import { calls } from '@/db/schema';
import type { CallDeps, Deps } from '@/lib/deps';
import { clockNamedFromMs, type MediaParticipant, type MediaRoom } from '@/lib/media/media-server';
import { metrics } from '@/lib/metrics';
import { readRoomPrefix } from '../commands/start-call';
import { type Call, earlyClientOf, isEntitled, participationOf } from '../model/call';
import { mediaSidOf } from '../model/participation';
import { loadCall, loadLiveCalls } from '../reads/load-call';
import { countLook } from '../record-story';
import { recordAlive } from '../save-call';
import { applyTrigger } from '../unit-of-work';
import { noteFound, restoreMissing } from './missing-rooms';

/** A start makes its room before its call: younger rooms may be about to get one. */
const orphanAgeMs = 30_000;
/**
 * How often all rooms of a LiveKit server, which others may share, are listed for ones that never got a call.
 * No client has a token for those, and LiveKit ends empty ones itself.
 */
const orphanSweepMs = 60_000;
/** How many calls are compared with LiveKit at once: 120 calls at 50 ms each take 0.75 s and not 6. */
const maxAtOnce = 8;

/** Media servers currently unreachable; each transition is logged once. */
const unreachable = new WeakSet<object>();
/** By how many milliseconds each media server's clock was logged to be off. */
const loggedOffsets = new WeakMap<object, number>();
/** When each app last listed all rooms. */
const sweptAt = new WeakMap<Deps['mediaWork'], number>();

/**
 * Makes the database and LiveKit agree, whatever webhook was lost and whichever side was down: reads
 * LiveKit's rooms of live calls, makes missing ones again, records which participants are present,
 * removes clients that are not entitled, deletes rooms that have no live call. Without LiveKit's list no
 * participant counts as left; where it does not respond at all, the calls are marked and end after mediaLostTimeoutMs.
 * @param isFirst true until LiveKit has responded to this process once: a call that everyone left while
 *   the app was down ends at once instead of waiting for people who went long ago
 * @returns whether LiveKit responded
 */
export async function reconcileCalls(deps: CallDeps, { isFirst = false } = {}): Promise<boolean> {
  const startedAt = deps.clock.now();
  const live = await loadLiveCalls(deps.db);
  let rooms: MediaRoom[];
  try {
    [rooms] = await Promise.all([findRooms(deps, live, isFirst), deps.media.measureClock()]);
  } catch (error) {
    if (!unreachable.has(deps.media)) deps.log.warn({ err: error }, 'LiveKit does not answer');
    unreachable.add(deps.media);
    if (!(await isBlind(deps)))
      for (const call of live) await applyTrigger(deps, call.id, { type: 'media_lost' }, 'reconciler');
    metrics().reconcileFailures.inc();
    return false;
  }
  if (unreachable.delete(deps.media)) deps.log.info('LiveKit answers again');
  logClock(deps);
  const names = new Set(rooms.map((room) => room.name));
  const alive: Call[] = [];
  await forEachAtMost(maxAtOnce, live, async (call) => {
    try {
      const isAlive = await reconcileCall(deps, call, names.has(call.roomName), isFirst);
      if (isAlive) alive.push(call);
    } catch (error) {
      deps.log.warn(
        { err: error, callId: call.id },
        'a call could not be checked; the next tick tries again',
      );
    }
  });
  await recordAlive(deps, alive, startedAt);
  const ofLiveCalls = new Set(live.map((call) => call.roomName));
  await deleteOrphans(
    deps,
    rooms.filter(({ name }) => !ofLiveCalls.has(name)),
  );
  return true;
}

/**
 * Nodes that can't reach the Redis that they share respond, and carry the calls that they have, but list nothing: no
 * call is given up for that.
 */
async function isBlind({ media, mediaNodes }: CallDeps): Promise<boolean> {
  return mediaNodes === 'several' && (await media.measureClock());
}

/** Logs once that LiveKit's clock is off, again when the difference changes, and once when there is none any more. */
function logClock({ media, log }: CallDeps): void {
  const offsetMs = media.clockOffsetMs();
  const isOff = Math.abs(offsetMs) >= clockNamedFromMs;
  const logged = loggedOffsets.get(media) ?? 0;
  if (isOff ? Math.abs(offsetMs - logged) < clockNamedFromMs : logged === 0) return;
  loggedOffsets.set(media, isOff ? offsetMs : 0);
  if (!isOff) {
    log.info('LiveKit’s clock agrees with ours again');
    return;
  }
  const seconds = Math.round(Math.abs(offsetMs) / 1000);
  const where = offsetMs > 0 ? 'ahead of' : 'behind';
  log.warn(
    { offsetMs },
    `LiveKit’s clock is ${seconds} s ${where} ours; calls allow for it, but set it right`,
  );
}

/**
 * The rooms of live calls and those being deleted, as far as they exist; now and then every room with our
 * prefix. Room names are asked for one by one because LiveKit's other rooms, of other apps on the server,
 * would all be sent otherwise.
 */
async function findRooms(deps: CallDeps, live: Call[], isFirst: boolean): Promise<MediaRoom[]> {
  const { media, mediaWork, clock } = deps;
  const prefix = await readRoomPrefix(deps);
  const closing = mediaWork.closing();
  const isSweep = isFirst || clock.now() - (sweptAt.get(mediaWork) ?? -Infinity) >= orphanSweepMs;
  // An empty list of names is requested, too: the request shows whether LiveKit responds.
  const rooms = isSweep
    ? await media.listRooms(prefix)
    : await media.findRooms([prefix, ...live.map((call) => call.roomName), ...closing]);
  if (isSweep) sweptAt.set(mediaWork, clock.now());
  const names = new Set(rooms.map((room) => room.name));
  for (const name of closing) if (!names.has(name)) mediaWork.confirmDeleted(name);
  return rooms;
}

/** Runs `work` for each item, at most `limit` at a time; rejects when one does. */
async function forEachAtMost<T>(
  limit: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = items.values();
  const worker = async () => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: limit }, worker));
}

/** Returns whether LiveKit lists a participant in the call. */
async function reconcileCall(
  deps: CallDeps,
  call: Call,
  hasRoom: boolean,
  isFirst: boolean,
): Promise<boolean> {
  countLook(deps, call.id);
  if (!hasRoom) {
    await restoreMissing(deps, call);
    return false;
  }
  noteFound(deps, call.id);
  const everyone = await deps.media.listParticipants(call.roomName);
  await removeIntruders(deps, call, everyone);
  // Who listens while it rings keeps no call alive.
  const present = everyone.filter(
    ({ identity }) => earlyClientOf(call, identity.userId) !== identity.clientId,
  );
  if (isFirst && present.length === 0 && wasEveryoneUp(call) && !(await areWaiting(deps, call))) {
    await applyTrigger(deps, call.id, { type: 'found_empty' }, 'reconciler');
  } else if (call.mediaLostAt !== null) {
    const flat = present.map(({ identity, sid }) => ({ ...identity, sid }));
    await applyTrigger(deps, call.id, { type: 'media_restored', present: flat }, 'reconciler');
  } else {
    await recordPresence(deps, call, present);
  }
  return present.length > 0;
}

/**
 * Compares the list with the call as it was loaded for this tick, and removes who is still not entitled in the call as
 * it is now: it may be seconds older than the list, and a callee who has accepted since would be removed.
 */
async function removeIntruders(deps: CallDeps, loaded: Call, present: MediaParticipant[]): Promise<void> {
  const intrudersOf = (call: Call) =>
    present.filter(({ identity }) => !isEntitled(call, identity.userId, identity.clientId));
  if (intrudersOf(loaded).length === 0) return;
  const call = await loadCall(deps.db, loaded.id);
  if (!call) return;
  const intruders = intrudersOf(call);
  // All begin at once, as judged: a token given out from now on waits for them (MediaWork).
  await Promise.all(
    intruders.map(({ identity }) => deps.mediaWork.removeParticipant(call.roomName, identity)),
  );
}

/** No participant is connecting or rejoining: those who are missing now have left. */
function wasEveryoneUp(call: Call): boolean {
  return (
    call.rings.every((ring) => ring.state !== 'ringing') &&
    call.participations.filter(isInCall).every((part) => mediaSidOf(part) !== null)
  );
}

/** LiveKit was away, and people whose browsers are here want to be in its room again: they get their time. */
async function areWaiting({ presence }: CallDeps, call: Call): Promise<boolean> {
  if (call.mediaLostAt === null) return false;
  const inCall = call.participations.filter(isInCall).map((part) => part.userId);
  return (await presence.online(inCall)).size > 0;
}

async function recordPresence(deps: CallDeps, call: Call, present: MediaParticipant[]): Promise<void> {
  for (const { identity, sid } of present) {
    const part = participationOf(call, identity.userId);
    if (isInCall(part) && part.clientId === identity.clientId && mediaSidOf(part) !== sid) {
      await applyTrigger(deps, call.id, { type: 'media_joined', ...identity, sid }, 'reconciler');
    }
  }
  for (const part of call.participations.filter(isInCall)) {
    const isPresent = present.some(
      ({ identity }) => identity.userId === part.userId && identity.clientId === part.clientId,
    );
    const silentSince = await deps.presence.silentSince(part.signInId);
    const mayBeMissed = silentSince !== null && part.state === 'connecting';
    // Named by the connection that was known: a participant who came back meanwhile is not removed again.
    const sid = mediaSidOf(part);
    if (!isPresent && (sid !== null || mayBeMissed)) {
      const { userId, clientId } = part;
      await applyTrigger(
        deps,
        call.id,
        { type: 'media_left', noticed: 'list', userId, clientId, sid, silentSince },
        'reconciler',
      );
    }
  }
}

/** Of rooms without a live call: those of ended calls at once, unknown ones when no start can be about to use them. */
async function deleteOrphans(deps: CallDeps, rooms: MediaRoom[]): Promise<void> {
  const known = await inChunks(
    rooms.map((room) => room.name),
    (names) =>
      deps.db
        .select({ name: calls.roomName, status: calls.status })
        .from(calls)
        .where(inArray(calls.roomName, names)),
  );
  const statuses = new Map(known.map(({ name, status }) => [name, status]));
  for (const { name, createdAtMs } of rooms) {
    const status = statuses.get(name);
    const mayGetCall = status === undefined && deps.clock.wallNow() - createdAtMs < orphanAgeMs;
    if (mayGetCall || (status !== undefined && status !== 'ended')) continue;
    try {
      await deps.mediaWork.deleteRoom(name);
    } catch (error) {
      deps.log.warn({ err: error }, 'a room without a call was left; the next tick deletes it');
    }
  }
}
