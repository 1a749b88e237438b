import type { CallRoom, OtherDevice, RoomState } from '../media/media-types';
import type { MicrophoneAnswer } from '../media/request-microphone';
import { type CallPreferences, readPreferences } from '../preferences';
import type { SentCallWithMedia } from '../sent-views';
import { type MicrophoneOwners, renewMicrophone } from './choosing-devices';
import type { Kit } from './kit';
import { type LeavingOwners, leave } from './leaving';
import { isMutedAtFirst } from './owners/chosen-media';
import { type ReconcilingOwners, reconcileEntry } from './reconciling';
import { pause } from './repeating';

/** What a connection to the media reads and writes. */
export type MediaOwners = MicrophoneOwners & ReconcilingOwners & LeavingOwners & Pick<Kit, 'loadMedia'>;

/**
 * Makes a room and connects it for the attempt. Never rejects.
 *
 * @param onLost called when a connection that stood is lost for good while the attempt is wanted
 * @param onHeard called with the first sound, or once there is none to wait for
 * @returns whether the room is connected
 */
export async function openRoom(
  kit: MediaOwners,
  attempt: number,
  { call, media: access }: SentCallWithMedia,
  microphone: AskedMicrophone,
  onLost: () => Promise<void>,
  onHeard?: () => void,
): Promise<boolean> {
  let room: CallRoom;
  let chosen: CallPreferences;
  try {
    const { createCallRoom } = await kit.loadMedia();
    chosen = readPreferences();
    room = createCallRoom(chosen);
  } catch {
    // The chunk did not load; the rejoin loop comes back here.
    releaseMicrophone(microphone);
    return false;
  }
  if (!kit.attempts.isWanted(attempt)) {
    room.close();
    releaseMicrophone(microphone);
    return false;
  }
  // The callee may be in the room already, listening.
  if (call.status === 'ringing' && call.conversation.kind === 'direct') room.holdBack?.();
  watchRoom(kit, attempt, room, onLost);
  void publishWhenReady(kit, attempt, room, microphone.answer);
  // Chosen anew while the call had no connection that could follow the choice.
  if (isOtherVoice(microphone.preferences, chosen)) void renewMicrophone(kit);
  try {
    if (onHeard) void room.untilHeard?.().then(onHeard);
    await room.connect(access, (other) => takeOver(kit, room, other));
    if (!room.untilHeard) onHeard?.();
    return true;
  } catch {
    return false;
  }
}

/** How long the server has to let in a tab that has listened, once it has answered the accept; in milliseconds. */
const longestAdmissionMs = 1000;

/**
 * Goes on in the room in which this tab has listened: plays it within the press that accepts, and sends the microphone
 * as soon as the server permits, without waiting for its answer. Never rejects.
 *
 * @returns to be called with that answer: whether the room is connected; without it the call has to connect anew
 */
export function openEarlyRoom(
  kit: MediaOwners,
  attempt: number,
  room: CallRoom,
  microphone: AskedMicrophone,
  onLost: () => Promise<void>,
): (onHeard: () => void) => Promise<boolean> {
  watchRoom(kit, attempt, room, onLost);
  const permitted = room.takePart?.() ?? Promise.resolve(false);
  const sending = publishWhenReady(kit, attempt, room, microphone.answer);
  return async (onHeard) => {
    const late = pause(kit, `admission-${attempt}`, longestAdmissionMs).then(() => false);
    const isIn = await Promise.race([permitted, late]);
    if (!isIn || !kit.attempts.isWanted(attempt)) return false;
    markJoined(kit, attempt, room.state());
    void sending.then(onHeard);
    return true;
  };
}

/** A microphone that was asked for, and what was chosen when it was. */
export type AskedMicrophone = { answer: Promise<MicrophoneAnswer>; preferences: CallPreferences };

/** Asks for the microphone as it is chosen now. */
export function askMicrophone(kit: Pick<Kit, 'requestMicrophone'>): AskedMicrophone {
  const answer = kit.requestMicrophone();
  answer.catch(() => {});
  return { answer, preferences: readPreferences() };
}

/** The same once what has just changed is on the screen. */
export function askMicrophonePainted(kit: Pick<Kit, 'afterPaint' | 'requestMicrophone'>): AskedMicrophone {
  const requestMicrophone = () =>
    new Promise<MicrophoneAnswer>((resolve) => kit.afterPaint(() => resolve(kit.requestMicrophone())));
  return askMicrophone({ requestMicrophone });
}

/**
 * The same for a reconnect. A microphone that failed or went away stays off: the person reads that they are not
 * heard, and has the button beside it that asks again.
 */
export function askMicrophoneAgain(kit: Pick<Kit, 'requestMicrophone' | 'state'>): AskedMicrophone {
  const { microphoneProblem: problem } = kit.state.get();
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
function takeOver(kit: MediaOwners, room: CallRoom, other: OtherDevice | null) {
  const { entry } = kit.state.get();
  if (kit.connection.current() !== room || entry?.hasConnected !== false) return;
  if (other?.isScreenOn) kit.devices.setScreenEnded('moved');
  if (kit.chosenMedia.get().microphone !== 'unknown') return;
  const isOn = !isMutedAtFirst('opened') && (other?.isMicrophoneOn ?? false);
  kit.chosenMedia.choose({ microphone: isOn ? 'on' : 'muted' });
  kit.devices.setMuteAssumed(!other?.hasMicrophone);
  void room.setMicrophone(isOn).catch(() => {});
}

async function publishWhenReady(
  kit: MediaOwners,
  attempt: number,
  room: CallRoom,
  asked: Promise<MicrophoneAnswer>,
) {
  const answer = await asked;
  // A microphone that is published already was requested later, with a newer choice.
  if (!kit.attempts.isWanted(attempt) || kit.connection.current() !== room || room.state().hasMicrophone) {
    if ('track' in answer) answer.track.stop();
    return;
  }
  if ('problem' in answer) {
    kit.devices.setMicrophoneProblem(answer.problem);
    return;
  }
  kit.devices.setMicrophoneProblem(null);
  try {
    // The mute precedes the track, so that a muted person is not heard for a moment.
    await room.setMicrophone(kit.chosenMedia.get().microphone === 'on');
    await room.publishMicrophone(answer.track);
  } catch {
    if (kit.connection.current() !== room) return;
    kit.devices.mark('microphone', { error: 'failed' });
  }
}

function watchRoom(kit: MediaOwners, attempt: number, room: CallRoom, onLost: () => Promise<void>) {
  kit.devices.resetBusy();
  const { volumes, screenVolumes } = kit.state.get();
  for (const [userId, volume] of volumes) room.setVolume(userId, 'voice', volume);
  for (const [userId, volume] of screenVolumes) room.setVolume(userId, 'screen', volume);
  kit.connection.open(room, (state, before) => {
    if (state.connection === 'connected') followScreen(kit, state);
    if (state.connection === 'connected' && before?.connection === 'connected')
      followSwitches(kit, state, before);
    if (state.connection === 'disconnected') recordLosses(kit, state);
    // A camera that can't be blurred stays off, also when the call reconnects.
    if (state.blurProblem !== null && kit.chosenMedia.get().isCameraOn)
      kit.chosenMedia.choose({ isCameraOn: false });
    const { entry } = kit.state.get();
    if (!entry || entry.attempt !== attempt) return;
    const callId = entry.callId ?? '';
    markJoined(kit, attempt, state);
    if (state.connection === 'reconnecting' && before?.connection === 'connected') {
      kit.onCallEvent({ type: 'reconnecting', callId });
    }
    if (state.connection !== 'disconnected' || before?.connection === 'disconnected') return;
    if (state.cause === 'left') {
      leave(kit);
      return;
    }
    if (state.cause !== 'closed') {
      reconcileEntry(kit);
      if (entry.hasConnected && kit.attempts.isWanted(attempt)) void onLost();
    }
  });
}

/** The call is connected once the server has said that this tab is in it, and the media stands. */
function markJoined(kit: MediaOwners, attempt: number, { connection }: RoomState) {
  const { entry } = kit.state.get();
  if (connection !== 'connected' || entry?.attempt !== attempt) return;
  if (entry.isEntering || entry.hasConnected) return;
  kit.currentCall.markConnected();
  kit.onCallEvent({ type: 'joined', callId: entry.callId ?? '' });
}

/**
 * Microphone and camera as they are sent are what the person chose, also where LiveKit's own components, the app or the
 * server switched them: a reconnect keeps it.
 */
function followSwitches(kit: MicrophoneOwners, state: RoomState, before: RoomState) {
  if (state.isCameraOn !== before.isCameraOn) kit.chosenMedia.choose({ isCameraOn: state.isCameraOn });
  if (state.hasMicrophone && !before.hasMicrophone) kit.devices.setMicrophoneProblem(null);
  // LiveKit mutes an unplugged microphone: that is not the person's choice.
  if (state.isMicrophoneOn === before.isMicrophoneOn || state.unplugged.has('audioinput')) return;
  kit.chosenMedia.choose({ microphone: state.isMicrophoneOn ? 'on' : 'muted' });
  kit.devices.setMuteAssumed(false);
}

/** A screen share also ends in the browser's own bar. */
function followScreen(kit: MicrophoneOwners, { isScreenOn }: RoomState) {
  if (isScreenOn !== kit.chosenMedia.get().isScreenOn) kit.chosenMedia.choose({ isScreenOn });
  if (isScreenOn) kit.devices.setScreenEnded(null);
}

/**
 * Records what a new connection cannot restore: a shared screen, and an unplugged device, which must not be replaced
 * by another one when the call reconnects.
 */
function recordLosses(kit: MicrophoneOwners & Pick<Kit, 'state'>, { unplugged }: RoomState) {
  if (kit.chosenMedia.get().isScreenOn) {
    kit.chosenMedia.choose({ isScreenOn: false });
    kit.devices.setScreenEnded('dropped');
  }
  if (unplugged.has('videoinput')) kit.chosenMedia.choose({ isCameraOn: false });
  const { microphoneProblem } = kit.state.get();
  if (unplugged.has('audioinput')) kit.devices.setMicrophoneProblem(microphoneProblem ?? 'missing');
}
