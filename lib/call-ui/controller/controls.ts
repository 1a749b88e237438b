import type { CallRoom } from '../media/media-types';
import { openCamera } from './camera';
import { takeMicrophone } from './choosing-devices';
import { choose } from './chosen-media';
import { failureOf, markDevice, withDevice } from './device-work';
import { asCallError, type Kit } from './kit';
import type { DeviceWord } from './kit-state';

/** Microphone on or off; also the way back after it was refused, missing or unplugged. */
export async function toggleMicrophone(kit: Kit): Promise<void> {
  const { room } = kit;
  const state = room?.state();
  if (!room) return;
  if (state?.hasMicrophone) {
    await setMicrophone(kit, room, !state.isMicrophoneOn);
    return;
  }
  if (kit.get().busy.microphone) return;
  choose(kit, { microphone: 'on' });
  await withDevice(kit, 'microphone', () => takeMicrophone(kit, room));
}

/** Mutes or unmutes at once, also while another microphone is being opened: that one follows. */
async function setMicrophone(kit: Kit, room: CallRoom, isOn: boolean): Promise<void> {
  kit.set({ isMuteAssumed: false });
  choose(kit, { microphone: isOn ? 'on' : 'muted' });
  const error = await failureOf('microphone', () => room.setMicrophone(isOn));
  if (kit.room !== room) return;
  if (error && isOn) choose(kit, { microphone: 'muted' });
  markDevice(kit, 'microphone', { error });
}

/** Camera on or off; a failure becomes a sentence beside the button. */
export async function toggleCamera(kit: Kit): Promise<void> {
  if (!kit.get().room?.isCameraOn) {
    if (!kit.get().busy.camera) await openCamera(kit);
    return;
  }
  choose(kit, { isCameraOn: false });
  await switchOff(kit, 'camera', (room) => room.setCamera(false));
}

/** Whether this browser can share a screen; phones cannot. */
export function canShareScreen(): boolean {
  const media = globalThis.navigator?.mediaDevices;
  return Boolean(media && 'getDisplayMedia' in media);
}

/** Screen share on or off; closing the browser's picker is no failure. */
export async function toggleScreen(kit: Kit): Promise<void> {
  if (kit.get().room?.isScreenOn) await switchOff(kit, 'screen', (room) => room.setScreen(false));
  else if (!kit.get().busy.screen) await withDevice(kit, 'screen', (room) => room.setScreen(true));
}

/** Off counts at once: it does not wait for a device that is still being opened. */
async function switchOff(
  kit: Kit,
  device: DeviceWord,
  off: (room: CallRoom) => Promise<void>,
): Promise<void> {
  const { room } = kit;
  if (!room) return;
  const error = await failureOf(device, () => off(room));
  if (kit.room === room) markDevice(kit, device, { error });
}

/** From the front camera to the back one, or back. */
export async function flipCamera(kit: Kit): Promise<void> {
  if (!kit.get().busy.camera) await withDevice(kit, 'camera', (room) => room.flipCamera());
}

/** How a ring that is being changed is remembered. */
export const ringKey = (callId: string, userId: string) => `${callId} ${userId}`;

/** Rings a member again, or stops a ring, once at a time; a refusal is shown in the server's words. */
export async function changeRing(
  kit: Kit,
  callId: string,
  userId: string,
  verb: 'ring' | 'stopRing',
): Promise<void> {
  const key = ringKey(callId, userId);
  if (kit.get().changingRings.has(key)) return;
  kit.set({ changingRings: new Set(kit.get().changingRings).add(key) });
  try {
    kit.take(await kit.parts.client[verb](callId, userId));
  } catch (thrown) {
    const { title, detail, call } = asCallError(thrown);
    kit.take(call);
    kit.set({ refusal: { title, detail, start: null } });
  } finally {
    const changingRings = new Set(kit.get().changingRings);
    changingRings.delete(key);
    kit.set({ changingRings });
  }
}
