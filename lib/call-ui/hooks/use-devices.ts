import { useEffect, useState } from 'react';
import { useController } from '../controller-context';
import { onDeviceAllowed } from '../media/allowed-devices';
import type { DeviceChoice, DeviceKind, DeviceSelect } from '../view-models';
import { useFirstWords } from '../words/words-context';
import { useCallPreferences } from './use-call-preferences';
import { useKitState } from './use-kit';

/**
 * The devices of one kind and the chosen one; a choice holds for this device and changes a running call.
 *
 * @example
 * const { choices, selectedId, select } = useDevices('audioinput');
 */
export function useDevices(kind: DeviceKind): DeviceSelect {
  const { selectDevice, kit } = useController();
  const { preferences } = useCallPreferences();
  const words = useFirstWords().devices;
  // Names appear once the browser has been allowed the device: look again when a call has it, and
  // when anything else was given one.
  const hasMicrophone = useKitState((state) => state.room?.hasMicrophone ?? false);
  const hasCamera = useKitState((state) => state.room?.isCameraOn ?? false);
  const [choices, setChoices] = useState<(DeviceChoice & { number: number })[]>([]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a newly allowed device is a reason to look again
  useEffect(() => {
    const media = globalThis.navigator?.mediaDevices;
    if (!media?.enumerateDevices) return;
    let isOver = false;
    const look = async () => {
      const devices = await media.enumerateDevices().catch(() => []);
      if (isOver) return;
      const named = devices.filter((device) => device.kind === kind && device.deviceId !== '');
      const listed = named.filter(
        (device) => device.deviceId !== 'default' && device.deviceId !== 'communications',
      );
      setChoices(
        listed.map(({ deviceId, label }, index) => ({
          id: deviceId,
          label,
          number: index + 1,
        })),
      );
    };
    void look();
    const onChange = () => void look();
    media.addEventListener?.('devicechange', onChange);
    const stopAllowed = onDeviceAllowed(onChange);
    return () => {
      isOver = true;
      stopAllowed();
      media.removeEventListener?.('devicechange', onChange);
    };
  }, [kind, hasMicrophone, hasCamera]);

  const chosen = {
    audioinput: preferences.microphoneId,
    audiooutput: preferences.speakerId,
    videoinput: preferences.cameraId,
  };
  const isThere = choices.some((choice) => choice.id === chosen[kind]);
  return {
    kind,
    label: words[kind],
    choices: [
      { id: '', label: words.systemDefault },
      ...choices.map(({ id, label, number }) => ({
        id,
        label: label || words.numbered({ device: words[kind], number }),
      })),
    ],
    selectedId: isThere ? chosen[kind] : '',
    select: (id) => selectDevice(kind, id),
    isSupported: kind === 'videoinput' ? kit.features.camera : kind !== 'audiooutput' || canChooseSpeaker(),
  };
}

function canChooseSpeaker(): boolean {
  return typeof HTMLMediaElement !== 'undefined' && 'setSinkId' in HTMLMediaElement.prototype;
}
