'use client';

import { defaultComponents } from '../components';
import { useBackgroundBlur } from '../hooks/use-background-blur';
import { useCameraPreview } from '../hooks/use-camera-preview';
import { useDevices } from '../hooks/use-devices';
import { useLevel, useSpeakerTest } from '../hooks/use-level';
import { useSoundCheckToggle } from '../hooks/use-sound-check-toggle';
import { useSlot } from '../slot-context';

/** What is offered besides microphone, speaker and the choice of a camera. */
export type DeviceCheckProps = {
  /** Offers a look at the own camera. Default: true. */
  withPreview?: boolean;
};

/**
 * Microphone with its live level, speaker with a test, camera with a preview, each to be chosen: for a
 * look before a call. The devices are open exactly as long as this stands in the page.
 *
 * @example
 * {isChecking && <Dialog title="Check devices"><DeviceCheck /></Dialog>}
 */
export function DeviceCheck({ withPreview = true }: DeviceCheckProps) {
  const DeviceMenu = useSlot('DeviceMenu', defaultComponents.DeviceMenu);
  const preview = useCameraPreview();
  const { open } = useSoundCheckToggle();
  const { subscribeLevel, problem } = useLevel();
  const devices = {
    microphone: useDevices('audioinput'),
    speaker: useDevices('audiooutput'),
    camera: useDevices('videoinput'),
  };
  return (
    <DeviceMenu
      {...devices}
      {...useSpeakerTest()}
      backgroundBlur={useBackgroundBlur()}
      subscribeLevel={subscribeLevel}
      microphoneProblem={problem}
      openSoundCheck={withPreview ? null : open}
      cameraPreview={withPreview && devices.camera.isSupported ? preview : null}
    />
  );
}
