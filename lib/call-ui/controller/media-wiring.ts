import type { MediaAccess } from '../../protocol';
import type { CallRoom } from '../media/media-types';
import type { MicrophoneAnswer } from '../media/request-microphone';
import { readPreferences } from '../preferences';
import type { Kit } from './kit';
import { reconcileEntry } from './receiving';
import { rejoin } from './rejoining';

/** Makes a room and connects it for the attempt; a failure goes on as a rejoin. Never rejects. */
export async function openRoom(
  kit: Kit,
  attempt: number,
  access: MediaAccess,
  microphone: Promise<MicrophoneAnswer>,
): Promise<boolean> {
  void microphone.catch(() => {});
  let room: CallRoom;
  try {
    room = (await kit.parts.loadMedia()).createCallRoom(readPreferences());
  } catch {
    // The chunk did not load; the rejoin loop comes back here.
    releaseMicrophone(microphone);
    return false;
  }
  if (!kit.isWanted(attempt)) {
    room.close();
    releaseMicrophone(microphone);
    return false;
  }
  watchRoom(kit, attempt, room);
  void publishWhenReady(kit, attempt, room, microphone);
  try {
    await room.connect(access);
    return true;
  } catch {
    return false;
  }
}

/** Lets a microphone go that nobody wants any more, also when it comes late. */
export function releaseMicrophone(microphone: Promise<MicrophoneAnswer>): void {
  void microphone.then(
    (answer) => 'track' in answer && answer.track.stop(),
    () => {},
  );
}

/** Closes the connection and every device at once. */
export function closeRoom(kit: Kit): void {
  kit.unwatchRoom?.();
  kit.unwatchRoom = null;
  kit.room?.close();
  kit.room = null;
  kit.set({ room: null });
}

async function publishWhenReady(kit: Kit, attempt: number, room: CallRoom, asked: Promise<MicrophoneAnswer>) {
  const answer = await asked;
  if (!kit.isWanted(attempt) || kit.room !== room) {
    if ('track' in answer) answer.track.stop();
    return;
  }
  if ('problem' in answer) {
    kit.set({ microphoneProblem: answer.problem });
    return;
  }
  kit.set({ microphoneProblem: null });
  try {
    // Said first, so that somebody who is muted is not heard for a moment.
    await room.setMicrophone(kit.wantsMicrophone);
    await room.publishMicrophone(answer.track);
  } catch {
    if (kit.room === room) setMicrophoneError(kit, 'Your microphone could not be switched on. Try again.');
  }
}

function setMicrophoneError(kit: Kit, microphone: string) {
  kit.set({ errors: { ...kit.get().errors, microphone } });
}

function watchRoom(kit: Kit, attempt: number, room: CallRoom) {
  closeRoom(kit);
  kit.room = room;
  for (const [userId, volume] of kit.get().volumes) room.setVolume(userId, volume);
  const look = () => {
    if (kit.room !== room) return;
    const before = kit.get().room?.connection;
    const state = room.state();
    kit.set({ room: state });
    const { entry } = kit.get();
    if (!entry || entry.attempt !== attempt) return;
    const callId = entry.callId ?? '';
    if (state.connection === 'connected' && !entry.hasConnected) {
      kit.set({ entry: { ...entry, hasConnected: true } });
      kit.parts.onCallEvent({ type: 'joined', callId });
    }
    if (state.connection === 'reconnecting' && before === 'connected') {
      kit.parts.onCallEvent({ type: 'reconnecting', callId });
    }
    if (state.connection === 'disconnected' && before !== 'disconnected' && state.cause !== 'closed') {
      reconcileEntry(kit);
      if (entry.hasConnected && kit.isWanted(attempt)) void rejoin(kit, attempt);
    }
  };
  kit.unwatchRoom = room.subscribe(look);
  kit.set({ room: room.state() });
}

const mutedKey = 'parley-muted';

/** Remembers for a reload of this tab whether its person had muted themselves. */
export function wantMicrophone(kit: Kit, isOn: boolean): void {
  kit.wantsMicrophone = isOn;
  try {
    globalThis.sessionStorage?.setItem(mutedKey, isOn ? '' : '1');
  } catch {
    // Forbidden storage: a reload unmutes.
  }
}

/** Whether the person had muted themselves before this tab was reloaded. */
export function wasMuted(): boolean {
  try {
    return globalThis.sessionStorage?.getItem(mutedKey) === '1';
  } catch {
    return false;
  }
}
