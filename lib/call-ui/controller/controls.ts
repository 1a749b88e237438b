import type { CallRoom } from '../media/media-types';
import { type CameraOwners, openCamera } from './camera';
import { type MicrophoneOwners, takeMicrophone } from './choosing-devices';
import { type DeviceOwners, failureOf, withDevice } from './device-work';
import type { Kit } from './kit';
import { lacksMicrophone } from './kit-state';
import { isMutedAtFirst } from './owners/chosen-media';
import type { CallDevice } from './owners/devices';

type ReadingState = Pick<Kit, 'state'>;

/** Microphone on or off; also the way back after it was refused, missing or unplugged. */
export async function toggleMicrophone(kit: MicrophoneOwners & ReadingState): Promise<void> {
  const room = kit.connection.current();
  const state = room?.state();
  if (!room) return;
  if (state?.hasMicrophone && !lacksMicrophone(kit.state.get())) {
    await setMicrophone(kit, room, !state.isMicrophoneOn);
    return;
  }
  if (kit.state.get().busy.microphone) return;
  kit.chosenMedia.choose({ microphone: isMutedAtFirst('opened') ? 'muted' : 'on' });
  await withDevice(kit, 'microphone', () => takeMicrophone(kit, room));
}

/** Mutes or unmutes at once, also while another microphone is being opened: that one follows. */
export async function setMicrophone(kit: CameraOwners, room: CallRoom, isOn: boolean): Promise<void> {
  kit.devices.setMuteAssumed(false);
  kit.chosenMedia.choose({ microphone: isOn ? 'on' : 'muted' });
  const error = await failureOf('microphone', () => room.setMicrophone(isOn));
  if (kit.connection.current() !== room) return;
  if (error && isOn) kit.chosenMedia.choose({ microphone: 'muted' });
  kit.devices.mark('microphone', { error });
}

/** Camera on or off; a failure becomes a sentence beside the button. */
export async function toggleCamera(kit: CameraOwners & ReadingState): Promise<void> {
  if (!kit.state.get().room?.isCameraOn) {
    if (!kit.state.get().busy.camera) await openCamera(kit);
    return;
  }
  kit.chosenMedia.choose({ isCameraOn: false });
  await switchOff(kit, 'camera', (room) => room.setCamera(false));
}

/** Whether this browser can share a screen; phones cannot. */
export function canShareScreen(): boolean {
  const media = globalThis.navigator?.mediaDevices;
  return Boolean(media && 'getDisplayMedia' in media);
}

/** Screen share on or off; closing the browser's picker is no failure. */
export async function toggleScreen(kit: DeviceOwners & ReadingState): Promise<void> {
  if (kit.state.get().room?.isScreenOn) await switchOff(kit, 'screen', (room) => room.setScreen(false));
  else if (!kit.state.get().busy.screen) await withDevice(kit, 'screen', (room) => room.setScreen(true));
}

/** Off counts at once: it does not wait for a device that is still being opened. */
async function switchOff(
  kit: DeviceOwners,
  device: CallDevice,
  off: (room: CallRoom) => Promise<void>,
): Promise<void> {
  const room = kit.connection.current();
  if (!room) return;
  const error = await failureOf(device, () => off(room));
  if (kit.connection.current() === room) kit.devices.mark(device, { error });
}

/** From the front camera to the back one, or back. */
export async function flipCamera(kit: DeviceOwners & ReadingState): Promise<void> {
  if (!kit.state.get().busy.camera) await withDevice(kit, 'camera', (room) => room.flipCamera());
}
