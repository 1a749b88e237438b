import { type DeviceProblem, deviceProblemOf, problemWords } from '../media/device-problem';
import { changePreferences, readPreferences } from '../preferences';
import type { DeviceKind } from '../shown';
import { asCallError, type Kit } from './kit';
import type { DeviceWord } from './kit-state';
import { wantMicrophone } from './media-wiring';

const failures: Record<DeviceWord, string> = {
  microphone: 'Your microphone could not be switched on.',
  camera: 'Your camera could not be switched on.',
  screen: 'Your screen could not be shared.',
};

/** Runs one change of a device with its busy state; a failure becomes a sentence, in the same call. */
async function withDevice(kit: Kit, device: DeviceWord, work: () => Promise<void>): Promise<void> {
  if (kit.get().busy[device]) return;
  const attempt = kit.get().entry?.attempt;
  const done = (error: string | null) => {
    if (kit.get().entry?.attempt === attempt) mark(kit, device, false, error);
  };
  mark(kit, device, true, null);
  try {
    await work();
    done(null);
  } catch (error) {
    done(wordsFor(device, error));
  }
}

function mark(kit: Kit, device: DeviceWord, isBusy: boolean, error: string | null) {
  const { busy, errors } = kit.get();
  kit.set({ busy: { ...busy, [device]: isBusy }, errors: { ...errors, [device]: error } });
}

class NoMicrophone extends Error {
  readonly problem: DeviceProblem;
  constructor(problem: DeviceProblem) {
    super(`no microphone: ${problem}`);
    this.problem = problem;
  }
}

function wordsFor(device: DeviceWord, error: unknown): string | null {
  if (error instanceof NoMicrophone) return problemWords(device, error.problem);
  const name = error instanceof Error ? error.name : '';
  // Closing the browser's picker is not an error.
  if (device === 'screen' && name === 'NotAllowedError') return null;
  const isKnown = ['NotAllowedError', 'NotFoundError', 'NotReadableError'].includes(name);
  return isKnown ? problemWords(device, deviceProblemOf(error)) : failures[device];
}

/** Microphone on or off; also the way back after it was refused, missing or unplugged. */
export function toggleMicrophone(kit: Kit): Promise<void> {
  return withDevice(kit, 'microphone', async () => {
    const state = kit.get().room;
    if (!kit.room || !state?.hasMicrophone) {
      wantMicrophone(kit, true);
      await takeMicrophone(kit);
      return;
    }
    wantMicrophone(kit, !state.isMicrophoneOn);
    await kit.room.setMicrophone(kit.wantsMicrophone);
  });
}

/** Asks for the microphone as it is chosen now and sends it, in place of the one before, muted if that was. */
async function takeMicrophone(kit: Kit): Promise<void> {
  const { room } = kit;
  const answer = await kit.parts.requestMicrophone();
  if ('problem' in answer) {
    // Somebody who is heard through another one has no problem that needs a notice.
    if (!kit.get().room?.hasMicrophone) kit.set({ microphoneProblem: answer.problem });
    throw new NoMicrophone(answer.problem);
  }
  kit.set({ microphoneProblem: null });
  if (!room || kit.room !== room) {
    answer.track.stop();
    return;
  }
  await room.publishMicrophone(answer.track);
  await room.setMicrophone(kit.wantsMicrophone);
}

const renewing = new WeakMap<Kit, Promise<void>>();

/**
 * The microphone of the running call as it is chosen now; one change after the other, so that the last one
 * holds.
 *
 * @param isSameDevice a browser gives a device that is open only as it was opened: it is closed first
 */
export function renewMicrophone(kit: Kit, isSameDevice = false): Promise<void> {
  const work = async () => {
    if (!kit.room) return;
    await withDevice(kit, 'microphone', async () => {
      if (isSameDevice) kit.room?.closeMicrophone();
      await takeMicrophone(kit);
    });
  };
  const mine = (renewing.get(kit) ?? Promise.resolve()).then(work);
  renewing.set(kit, mine);
  return mine;
}

/** Camera on or off; a failure becomes a sentence beside the button. */
export function toggleCamera(kit: Kit): Promise<void> {
  return withDevice(kit, 'camera', async () => {
    kit.wantsCamera = !kit.get().room?.isCameraOn;
    await kit.room?.setCamera(kit.wantsCamera);
  });
}

/** The camera as it was before the connection was lost. */
export async function restoreCamera(kit: Kit): Promise<void> {
  if (kit.wantsCamera) await withDevice(kit, 'camera', async () => kit.room?.setCamera(true));
}

/** Screen share on or off; closing the browser's picker is no failure. */
export function toggleScreen(kit: Kit): Promise<void> {
  return withDevice(kit, 'screen', async () => kit.room?.setScreen(!kit.get().room?.isScreenOn));
}

/** From the front camera to the back one, or back. */
export function flipCamera(kit: Kit): Promise<void> {
  return withDevice(kit, 'camera', async () => kit.room?.flipCamera());
}

const preferenceOf = {
  audioinput: 'microphoneId',
  audiooutput: 'speakerId',
  videoinput: 'cameraId',
} as const;

/** Keeps the choice on this device; a running call follows it (`keepDevices`). */
export function selectDevice(kit: Kit, kind: DeviceKind, id: string): void {
  const key = preferenceOf[kind];
  // Chosen already, and chosen again: it was unplugged meanwhile.
  if (readPreferences()[key] === id) void takeChosen(kit, kind);
  else changePreferences({ [key]: id });
}

const speakerRefusal = {
  title: 'This speaker could not be used',
  detail: 'Check that it is plugged in, or choose another one.',
  start: null,
};

/** Changes a running call over to what is chosen now. */
export async function takeChosen(kit: Kit, kind: DeviceKind): Promise<void> {
  if (kind === 'audioinput') {
    await renewMicrophone(kit);
    return;
  }
  try {
    await kit.room?.switchDevice(kind, readPreferences()[preferenceOf[kind]]);
  } catch (error) {
    if (kind === 'videoinput') mark(kit, 'camera', false, wordsFor('camera', error));
    else kit.set({ refusal: speakerRefusal });
  }
}

/** After a microphone or camera was unplugged: whatever the system has instead, switched on. */
export async function takeAnother(kit: Kit, kind: DeviceKind): Promise<void> {
  if (kind === 'videoinput') {
    changePreferences({ cameraId: '' });
    kit.wantsCamera = true;
    await restoreCamera(kit);
  } else {
    wantMicrophone(kit, true);
    selectDevice(kit, kind, '');
  }
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
