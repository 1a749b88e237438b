import type { MediaAccess } from '../../protocol';
import type { CallRoom, OtherDevice, RoomState } from '../media/media-types';
import type { MicrophoneAnswer } from '../media/request-microphone';
import { type CallPreferences, readPreferences } from '../preferences';
import { renewMicrophone } from './choosing-devices';
import { choose } from './chosen-media';
import { closeRoom } from './closing-room';
import type { Kit } from './kit';
import { freshDevices } from './kit-state';
import { reconcileEntry } from './receiving';

/**
 * Makes a room and connects it for the attempt. Never rejects.
 *
 * @param onLost called when a connection that stood is lost for good while the attempt is wanted
 * @returns whether the room is connected
 */
export async function openRoom(
  kit: Kit,
  attempt: number,
  access: MediaAccess,
  microphone: AskedMicrophone,
  onLost: () => Promise<void>,
): Promise<boolean> {
  let room: CallRoom;
  let chosen: CallPreferences;
  try {
    const { createCallRoom } = await kit.parts.loadMedia();
    chosen = readPreferences();
    room = createCallRoom(chosen);
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
  watchRoom(kit, attempt, room, onLost);
  void publishWhenReady(kit, attempt, room, microphone.answer);
  // Chosen anew while the call had no connection that could follow the choice.
  if (isOtherVoice(microphone.preferences, chosen)) void renewMicrophone(kit);
  try {
    await room.connect(access, (other) => takeOver(kit, room, other));
    return true;
  } catch {
    return false;
  }
}

/** A microphone that was asked for, and what was chosen when it was. */
export type AskedMicrophone = { answer: Promise<MicrophoneAnswer>; preferences: CallPreferences };

/** Asks for the microphone as it is chosen now. */
export function askMicrophone(kit: Kit): AskedMicrophone {
  const answer = kit.parts.requestMicrophone();
  answer.catch(() => {});
  return { answer, preferences: readPreferences() };
}

/**
 * The same for a reconnect. A microphone that failed or went away stays off: the person reads that they are not
 * heard, and has the button beside it that asks again.
 */
export function askMicrophoneAgain(kit: Kit): AskedMicrophone {
  const { microphoneProblem: problem } = kit.get();
  if (problem === null) return askMicrophone(kit);
  return { answer: Promise.resolve({ problem }), preferences: readPreferences() };
}

/** Stops a microphone that is not wanted any more, also when it comes late. */
export function releaseMicrophone({ answer }: AskedMicrophone): void {
  void answer.then(
    (given) => 'track' in given && given.track.stop(),
    () => {},
  );
}

function isOtherVoice(before: CallPreferences, now: CallPreferences): boolean {
  const keys = ['microphoneId', 'noiseSuppression', 'echoCancellation'] as const;
  return keys.some((key) => before[key] !== now[key]);
}

/**
 * A call that moves here is heard only if it was heard where it comes from, and a screen share stays behind. A
 * microphone that the person has switched here meanwhile stays as they want it.
 */
function takeOver(kit: Kit, room: CallRoom, other: OtherDevice | null) {
  const { entry } = kit.get();
  if (kit.room !== room || entry?.hasConnected !== false) return;
  if (other?.isScreenOn) kit.set({ screenEnded: 'moved' });
  if (kit.chosen.microphone !== 'unknown') return;
  const isOn = other?.isMicrophoneOn ?? false;
  choose(kit, { microphone: isOn ? 'on' : 'muted' });
  kit.set({ isMuteAssumed: !other?.hasMicrophone });
  void room.setMicrophone(isOn).catch(() => {});
}

async function publishWhenReady(kit: Kit, attempt: number, room: CallRoom, asked: Promise<MicrophoneAnswer>) {
  const answer = await asked;
  // One that is there already was asked for later, with a newer choice.
  if (!kit.isWanted(attempt) || kit.room !== room || room.state().hasMicrophone) {
    if ('track' in answer) answer.track.stop();
    return;
  }
  if ('problem' in answer) {
    kit.set({ microphoneProblem: answer.problem });
    return;
  }
  kit.set({ microphoneProblem: null });
  try {
    // Said first, so that a person who is muted is not heard for a moment.
    await room.setMicrophone(kit.chosen.microphone === 'on');
    await room.publishMicrophone(answer.track);
  } catch {
    if (kit.room === room) setMicrophoneError(kit, 'Your microphone could not be switched on. Try again.');
  }
}

function setMicrophoneError(kit: Kit, microphone: string) {
  kit.set({ errors: { ...kit.get().errors, microphone } });
}

function watchRoom(kit: Kit, attempt: number, room: CallRoom, onLost: () => Promise<void>) {
  closeRoom(kit);
  kit.room = room;
  kit.set({ busy: freshDevices.busy });
  for (const [userId, volume] of kit.get().volumes) room.setVolume(userId, volume);
  const look = () => {
    if (kit.room !== room) return;
    const before = kit.get().room?.connection;
    const state = room.state();
    kit.set({ room: state });
    if (state.connection === 'connected') followScreen(kit, state);
    if (state.connection === 'disconnected') noteLosses(kit, state);
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
      if (entry.hasConnected && kit.isWanted(attempt)) void onLost();
    }
  };
  kit.unwatchRoom = room.subscribe(look);
  kit.set({ room: room.state() });
}

/** A screen share also ends in the browser's own bar. */
function followScreen(kit: Kit, { isScreenOn }: RoomState) {
  if (isScreenOn !== kit.chosen.isScreenOn) choose(kit, { isScreenOn });
  if (isScreenOn) kit.set({ screenEnded: null });
}

/**
 * What a new connection cannot take along: a screen, and what was unplugged, which is not replaced by whatever is
 * there when the call reconnects.
 */
function noteLosses(kit: Kit, { unplugged }: RoomState) {
  if (kit.chosen.isScreenOn) {
    choose(kit, { isScreenOn: false });
    kit.set({ screenEnded: 'dropped' });
  }
  if (unplugged.has('videoinput')) choose(kit, { isCameraOn: false });
  const { microphoneProblem } = kit.get();
  if (unplugged.has('audioinput')) kit.set({ microphoneProblem: microphoneProblem ?? 'missing' });
}
