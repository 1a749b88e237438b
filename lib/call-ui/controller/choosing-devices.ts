import type { CallRoom } from '../media/media-types';
import { changePreferences, readPreferences } from '../preferences';
import type { DeviceKind } from '../view-models';
import { type CameraOwners, openCamera } from './camera';
import { inTurn, NoMicrophone, withDevice } from './device-work';
import type { Kit } from './kit';
import { isMutedAtFirst } from './owners/chosen-media';

export type MicrophoneOwners = CameraOwners & Pick<Kit, 'requestMicrophone'>;
export type ChoosingOwners = MicrophoneOwners & Pick<Kit, 'cards'>;

const preferenceOf = {
  audioinput: 'microphoneId',
  audiooutput: 'speakerId',
  videoinput: 'cameraId',
} as const;

/** Keeps the choice on this device; a running call follows it (`syncDevices`). */
export function selectDevice(kit: ChoosingOwners, kind: DeviceKind, id: string): void {
  const key = preferenceOf[kind];
  // Chosen already, and chosen again: it was unplugged meanwhile.
  if (readPreferences()[key] === id) void takeChosen(kit, kind);
  else changePreferences({ [key]: id });
}

/** Changes a running call over to what is chosen when its turn comes. */
export async function takeChosen(kit: ChoosingOwners, kind: DeviceKind): Promise<void> {
  const room = kit.connection.current();
  if (!room) return;
  if (kind === 'audioinput') await renewMicrophone(kit);
  else if (kind === 'videoinput') {
    await withDevice(kit, 'camera', () => room.switchDevice(kind, readPreferences().cameraId));
  } else {
    await inTurn(room, 'speaker', () => room.switchDevice(kind, readPreferences().speakerId)).catch(() => {
      if (kit.connection.current() === room) kit.cards.refuse({ error: 'speaker', start: null });
    });
  }
}

/**
 * The microphone of the running call as it is chosen now.
 *
 * @param isSameDevice a browser gives a device that is open only as it was opened: it is closed first; where no
 * microphone is sent there is nothing to change
 */
export function renewMicrophone(kit: MicrophoneOwners, isSameDevice = false): Promise<void> {
  return withDevice(kit, 'microphone', async (room) => {
    if (isSameDevice) {
      const { hasMicrophone, unplugged } = room.state();
      if (!hasMicrophone || unplugged.has('audioinput')) return;
      room.closeMicrophone();
    }
    await takeMicrophone(kit, room);
  });
}

/** Asks for the microphone as it is chosen now and sends it, in place of the one before, muted if that was. */
export async function takeMicrophone(kit: MicrophoneOwners, room: CallRoom): Promise<void> {
  const answer = await kit.requestMicrophone();
  if ('problem' in answer) {
    // A person who is heard through another microphone has no problem that needs a notice.
    if (kit.connection.current() === room && !room.state().hasMicrophone)
      kit.devices.setMicrophoneProblem(answer.problem);
    throw new NoMicrophone(answer.problem);
  }
  if (kit.connection.current() !== room) {
    answer.track.stop();
    return;
  }
  kit.devices.setMicrophoneProblem(null);
  // Where none is sent yet, the mute precedes the track: a microphone that starts muted is not heard for a moment.
  if (!room.state().hasMicrophone) await room.setMicrophone(kit.chosenMedia.get().microphone === 'on');
  await room.publishMicrophone(answer.track);
  await room.setMicrophone(kit.chosenMedia.get().microphone === 'on');
}

/** After a microphone or camera was unplugged: whatever the system has instead, switched on. */
export async function takeAnother(kit: ChoosingOwners, kind: DeviceKind): Promise<void> {
  if (kind === 'videoinput') {
    changePreferences({ cameraId: '' });
    await openCamera(kit);
  } else {
    kit.chosenMedia.choose({ microphone: isMutedAtFirst('opened') ? 'muted' : 'on' });
    selectDevice(kit, kind, '');
  }
}
