import { canShareScreen } from '../controller/controls';
import { callElsewhere, lacksMicrophone } from '../controller/kit-state';
import type { CallDevice } from '../controller/owners/devices';
import { useController } from '../controller-context';
import { faultText } from '../media/device-problem';
import { shortcutAria } from '../shortcuts';
import type { ButtonProps, ControlState } from '../view-models';
import { useFirstWords } from '../words/words-context';
import { useIsNarrow } from './use-is-narrow';
import { useKitState } from './use-kit';

/** The controls of a call with their button props. */
export type CallControlsState = {
  microphone: ControlState;
  camera: ControlState;
  screen: ControlState;
  /** Front or back camera; null where that makes no sense. */
  flipCamera: (() => void) | null;
  leave: () => void;
  leaveProps: ButtonProps;
  /** "Disconnect" when wide, "Leave" when narrow. */
  leaveLabel: string;
  /** Set when another device of this person holds the call. */
  moveHere: (() => void) | null;
};

/**
 * The controls of the call this tab is in.
 *
 * @example
 * const { microphone, leaveProps, leaveLabel } = useCallControls();
 * return <><button {...microphone.buttonProps} /><button {...leaveProps}>{leaveLabel}</button></>;
 */
export function useCallControls(): CallControlsState {
  const controller = useController();
  // Four pieces instead of the whole room, so that a speaker event renders no button.
  const connection = useKitState(({ room }) => room?.connection ?? null);
  const isMicrophoneOn = useKitState(({ room }) => room?.isMicrophoneOn ?? false);
  const isCameraOn = useKitState(({ room }) => room?.isCameraOn ?? false);
  const isScreenOn = useKitState(({ room }) => room?.isScreenOn ?? false);
  const isMicrophoneMissing = useKitState(lacksMicrophone);
  const busy = useKitState((state) => state.busy);
  const errors = useKitState((state) => state.errors);
  const elsewhere = useKitState(callElsewhere);
  const isMoving = useKitState((state) => state.isMoving);
  const isNarrow = useIsNarrow();
  const words = useFirstWords();
  const isOpen = connection === 'connected';

  function control(
    device: CallDevice,
    isSwitchedOn: boolean,
    isSupported: boolean,
    toggle: () => void,
  ): ControlState {
    const isBusy = busy[device];
    const fault = errors[device];
    const isMissing = device === 'microphone' && isMicrophoneMissing;
    // Nothing is heard of a microphone that is not there, and a press does not mute: it asks for one again.
    const isOn = isSwitchedOn && !isMissing;
    const canPress = device === 'microphone' ? connection !== null : isOpen;
    return {
      isOn,
      isBusy,
      isSupported,
      isMissing,
      error: fault && faultText(device, fault, words),
      toggle,
      buttonProps: {
        type: 'button',
        'aria-label': words.call[device],
        'aria-pressed': isOn,
        'aria-busy': isBusy,
        ...(isMissing ? { title: words.call.noMicrophone } : {}),
        disabled: !canPress,
        onClick: toggle,
        ...(device === 'microphone' ? { 'aria-keyshortcuts': shortcutAria('microphone') } : {}),
      },
    };
  }

  const { features } = controller.kit;
  const canShare = canShareScreen();
  const leaveLabel = isNarrow ? words.call.leave : words.call.disconnect;
  return {
    microphone: control('microphone', isMicrophoneOn, true, controller.toggleMicrophone),
    camera: control('camera', isCameraOn, features.camera, controller.toggleCamera),
    screen: control('screen', isScreenOn, canShare && features.screenShare, controller.toggleScreen),
    flipCamera: features.camera && isCameraOn && !canShare ? controller.flipCamera : null,
    leave: controller.leave,
    leaveProps: {
      type: 'button',
      'aria-label': leaveLabel,
      'aria-keyshortcuts': shortcutAria('leave'),
      onClick: controller.leave,
    },
    leaveLabel,
    moveHere: features.moveHere && elsewhere && !isMoving ? controller.moveHere : null,
  };
}
