import { changePreferences } from '../preferences';
import type { DeviceKind } from '../shown';
import { asCallError, type Kit } from './kit';
import type { DeviceWord } from './kit-state';
import { wantMicrophone } from './media-wiring';

const failures: Record<DeviceWord, string> = {
  microphone: 'Your microphone could not be switched on.',
  camera: 'Your camera could not be switched on.',
  screen: 'Your screen could not be shared.',
};

/** Runs one change of a device with its busy state; a failure becomes a sentence. */
async function withDevice(kit: Kit, device: DeviceWord, work: () => Promise<void>): Promise<void> {
  if (kit.get().busy[device]) return;
  mark(kit, device, true, null);
  try {
    await work();
    mark(kit, device, false, null);
  } catch (error) {
    mark(kit, device, false, wordsFor(device, error));
  }
}

function mark(kit: Kit, device: DeviceWord, isBusy: boolean, error: string | null) {
  const { busy, errors } = kit.get();
  kit.set({ busy: { ...busy, [device]: isBusy }, errors: { ...errors, [device]: error } });
}

function wordsFor(device: DeviceWord, error: unknown): string | null {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError') {
    // Closing the browser's picker is not an error.
    if (device === 'screen') return null;
    return `Your ${device} is blocked. Allow it in the browser's address bar.`;
  }
  if (name === 'NotFoundError') return `No ${device} was found.`;
  if (name === 'NotReadableError') return `Another program is using your ${device}.`;
  return failures[device];
}

/** Microphone on or off; also the way back after it was refused. */
export function toggleMicrophone(kit: Kit): Promise<void> {
  return withDevice(kit, 'microphone', async () => {
    const { room } = kit;
    const state = kit.get().room;
    if (!room || !state?.hasMicrophone) {
      wantMicrophone(kit, true);
      const answer = await kit.parts.requestMicrophone();
      if ('problem' in answer) {
        kit.set({ microphoneProblem: answer.problem });
        if (answer.problem === 'refused') throw new DOMException('refused', 'NotAllowedError');
        throw new DOMException('none', answer.problem === 'busy' ? 'NotReadableError' : 'NotFoundError');
      }
      kit.set({ microphoneProblem: null });
      if (kit.room) await kit.room.publishMicrophone(answer.track);
      else answer.track.stop();
      return;
    }
    wantMicrophone(kit, !state.isMicrophoneOn);
    await room.setMicrophone(kit.wantsMicrophone);
  });
}

/** Camera on or off; a failure becomes a sentence beside the button. */
export function toggleCamera(kit: Kit): Promise<void> {
  return withDevice(kit, 'camera', async () => kit.room?.setCamera(!kit.get().room?.isCameraOn));
}

/** Screen share on or off; closing the browser's picker is no failure. */
export function toggleScreen(kit: Kit): Promise<void> {
  return withDevice(kit, 'screen', async () => kit.room?.setScreen(!kit.get().room?.isScreenOn));
}

/** From the front camera to the back one, or back. */
export function flipCamera(kit: Kit): Promise<void> {
  return withDevice(kit, 'camera', async () => kit.room?.flipCamera());
}

/** Keeps the choice on this device and, in a call, changes over at once. */
export async function selectDevice(kit: Kit, kind: DeviceKind, id: string): Promise<void> {
  if (kind === 'audioinput') changePreferences({ microphoneId: id });
  else if (kind === 'audiooutput') changePreferences({ speakerId: id });
  else changePreferences({ cameraId: id });
  const device = kind === 'videoinput' ? 'camera' : 'microphone';
  await kit.room?.switchDevice(kind, id).catch((error) => mark(kit, device, false, wordsFor(device, error)));
}

/** After a microphone or camera was unplugged: whatever the system has instead, switched on. */
export async function takeAnother(kit: Kit, kind: DeviceKind): Promise<void> {
  if (kind === 'videoinput') {
    changePreferences({ cameraId: '' });
    await withDevice(kit, 'camera', async () => kit.room?.setCamera(true));
  } else {
    changePreferences({ microphoneId: '' });
    wantMicrophone(kit, true);
    await withDevice(kit, 'microphone', async () => kit.room?.setMicrophone(true));
  }
}

/** How loud one person is on this device, 0–100; kept for as long as the page. */
export function setVolume(kit: Kit, userId: string, volume: number): void {
  kit.set({ volumes: new Map(kit.get().volumes).set(userId, volume) });
  kit.room?.setVolume(userId, volume);
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
