import type { DeviceNews } from '../media/media-types';
import { changePreferences, readPreferences } from '../preferences';
import type { CallNotice } from '../view-models';
import { openCamera } from './camera';
import { type ChoosingOwners, selectDevice, takeAnother } from './choosing-devices';
import { canShareScreen, toggleMicrophone, toggleScreen } from './controls';
import type { Kit } from './kit';
import type { DescribedState } from './kit-state';
import type { CallDevice } from './owners/devices';

/** What has to be said across the top of the call, most urgent first. */
export function noticesOf(kit: ChoosingOwners & Pick<Kit, 'state'>, state: DescribedState): CallNotice[] {
  const { entry, room, microphoneProblem, errors } = state;
  if (!entry) return [];
  const name = entry.label.kind === 'direct' ? entry.label.title : null;
  const unmute = () => void toggleMicrophone(kit);
  const notices: CallNotice[] = [];
  if (entry.attempt === state.unansweredAttempt) notices.push({ id: 'no_connection', act: null });
  const isBack = entry.hasConnected && room !== null && room.connection !== 'connected';
  if (isBack) notices.push({ id: 'reconnecting', name, act: null });
  if (room && !room.canPlaySound) {
    const act = () =>
      void kit.connection
        .current()
        ?.startSound()
        .catch(() => {});
    notices.push({ id: 'sound_blocked', act });
  }
  const news = room?.deviceNews ?? null;
  // One notice about the microphone at a time; a newly plugged-in microphone resolves the lack of one.
  const isWayOut = microphoneProblem === 'missing' && news?.kind === 'audioinput' && news.what === 'added';
  const isSaid = microphoneProblem !== null && !isWayOut;
  if (isSaid) {
    const act = microphoneProblem === 'insecure' ? null : unmute;
    notices.push({ id: 'microphone_blocked', problem: microphoneProblem, name, act });
  }
  if (news && !(isSaid && news.kind === 'audioinput')) notices.push(aboutDevice(kit, news));
  if (room?.blurProblem) {
    notices.push({
      id: 'no_blur',
      problem: room.blurProblem,
      act: () => void showUnblurred(kit),
      dismiss: () => kit.connection.current()?.forgetBlurProblem(),
    });
  }
  if (state.isMuteAssumed && room && !room.isMicrophoneOn && !isSaid) {
    notices.push({ id: 'muted_by_move', act: unmute, dismiss: () => kit.devices.setMuteAssumed(false) });
  } else if (room?.isTalkingWhileMuted && !room.isMicrophoneOn) {
    const isPushToTalk = readPreferences().pushMode === 'talk';
    notices.push({ id: 'talking_while_muted', isPushToTalk, act: isPushToTalk ? null : unmute });
  }
  if (state.screenEnded && room?.connection === 'connected') {
    notices.push({
      id: 'screen_ended',
      reason: state.screenEnded,
      act: canShareScreen() ? () => void toggleScreen(kit) : null,
      dismiss: () => kit.devices.setScreenEnded(null),
    });
  }
  const failed = (['camera', 'screen', 'microphone'] satisfies CallDevice[]).find((device) => errors[device]);
  const problem = failed && errors[failed];
  if (problem && !(failed === 'microphone' && microphoneProblem))
    notices.push({ id: 'other', device: failed, problem, act: null });
  return notices;
}

/** The running call follows the choice before it opens the camera: both wait for their turn (`withDevice`). */
async function showUnblurred(kit: ChoosingOwners) {
  changePreferences({ isBackgroundBlurred: false });
  await openCamera(kit);
}

function aboutDevice(kit: ChoosingOwners, { kind, what, deviceId, name }: DeviceNews): CallNotice {
  const acts = {
    lost: () => void takeAnother(kit, kind),
    added: () => selectDevice(kit, kind, deviceId ?? ''),
    replaced: null,
  };
  const device = kind === 'videoinput' ? 'camera' : 'microphone';
  return { id: 'device_lost', device, what, label: name, act: acts[what] };
}
