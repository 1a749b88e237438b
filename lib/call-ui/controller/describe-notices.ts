import { blurWords } from '../media/blur-problem';
import type { DeviceNews } from '../media/media-types';
import { changePreferences, readPreferences } from '../preferences';
import type { CallNotice } from '../view-models';
import { openCamera } from './camera';
import { type ChoosingOwners, selectDevice, takeAnother } from './choosing-devices';
import { canShareScreen, toggleMicrophone, toggleScreen } from './controls';
import type { Kit } from './kit';
import type { DescribedState } from './kit-state';
import type { ScreenEnd } from './owners/devices';

const screenEndWords: Record<ScreenEnd, string> = {
  dropped: 'Your screen share ended when the connection dropped.',
  reloaded: 'Your screen share ended when this page was reloaded.',
  moved: 'Your screen share ended when the call moved here.',
};

/** What has to be said across the top of the call, most urgent first. */
export function noticesOf(kit: ChoosingOwners & Pick<Kit, 'state'>, state: DescribedState): CallNotice[] {
  const { entry, room, microphoneProblem, errors } = state;
  if (!entry) return [];
  const who = entry.label.kind === 'direct' ? entry.label.title : 'The others';
  const notices: CallNotice[] = [];
  if (entry.attempt === state.unansweredAttempt) {
    notices.push({ id: 'no_connection', text: 'No connection. Trying again…', action: null });
  }
  const isBack = entry.hasConnected && room !== null && room.connection !== 'connected';
  if (isBack) {
    notices.push({ id: 'reconnecting', text: `Reconnecting… ${who} can’t hear you right now`, action: null });
  }
  if (room && !room.canPlaySound) {
    const onClick = () =>
      void kit.connection
        .current()
        ?.startSound()
        .catch(() => {});
    notices.push({
      id: 'sound_blocked',
      text: 'Your browser keeps the sound of this call off.',
      action: { label: 'Turn sound on', onClick },
    });
  }
  const news = room?.deviceNews ?? null;
  // One notice about the microphone at a time; a newly plugged-in microphone resolves the lack of one.
  const isWayOut = microphoneProblem === 'missing' && news?.kind === 'audioinput' && news.what === 'added';
  const isSaid = microphoneProblem !== null && !isWayOut;
  if (isSaid) {
    const words = {
      refused: { text: `Your microphone is blocked. ${who} can’t hear you.`, label: 'Allow microphone' },
      missing: { text: `No microphone was found. ${who} can’t hear you.`, label: 'Try again' },
      busy: { text: `Another program is using your microphone. ${who} can’t hear you.`, label: 'Try again' },
      insecure: {
        text: `This page is on http, where browsers keep the microphone off. ${who} can’t hear you.`,
        label: null,
      },
    }[microphoneProblem];
    const onClick = () => void toggleMicrophone(kit);
    const action = words.label ? { label: words.label, onClick } : null;
    notices.push({ id: 'microphone_blocked', text: words.text, action });
  }
  if (news && !(isSaid && news.kind === 'audioinput')) notices.push(aboutDevice(kit, news));
  if (room?.blurProblem) {
    notices.push({
      id: 'no_blur',
      text: `${blurWords[room.blurProblem]} Your camera is off.`,
      action: { label: 'Turn on without blur', onClick: () => void showUnblurred(kit) },
      dismiss: () => kit.connection.current()?.forgetBlurProblem(),
    });
  }
  if (state.isMuteAssumed && room && !room.isMicrophoneOn && !isSaid) {
    notices.push({
      id: 'muted_by_move',
      text: 'You are muted, in case you were muted on your other device.',
      action: { label: 'Unmute', onClick: () => void toggleMicrophone(kit) },
      dismiss: () => kit.devices.setMuteAssumed(false),
    });
  } else if (room?.isTalkingWhileMuted && !room.isMicrophoneOn) {
    const onClick = () => void toggleMicrophone(kit);
    const isPushing = readPreferences().pushMode === 'talk';
    notices.push({
      id: 'talking_while_muted',
      text: isPushing ? 'Hold your key to talk.' : 'You are muted.',
      action: isPushing ? null : { label: 'Unmute', onClick },
    });
  }
  if (state.screenEnded && room?.connection === 'connected') {
    notices.push({
      id: 'screen_ended',
      text: screenEndWords[state.screenEnded],
      action: canShareScreen() ? { label: 'Share again', onClick: () => void toggleScreen(kit) } : null,
      dismiss: () => kit.devices.setScreenEnded(null),
    });
  }
  const failed = errors.camera ?? errors.screen ?? (microphoneProblem ? null : errors.microphone);
  if (failed) notices.push({ id: 'other', text: failed, action: null });
  return notices;
}

/** The running call follows the choice before it opens the camera: both wait for their turn (`withDevice`). */
async function showUnblurred(kit: ChoosingOwners) {
  changePreferences({ isBackgroundBlurred: false });
  await openCamera(kit);
}

function aboutDevice(kit: ChoosingOwners, { kind, what, deviceId, text }: DeviceNews): CallNotice {
  const actions = {
    lost: { label: 'Use another', onClick: () => void takeAnother(kit, kind) },
    added: { label: 'Use it', onClick: () => selectDevice(kit, kind, deviceId ?? '') },
    replaced: null,
  };
  return { id: 'device_lost', text, action: actions[what] };
}
