import { type CallPreferences, onPreferences, readPreferences, type VolumePiece } from '../preferences';
import { type ChoosingOwners, renewMicrophone, takeChosen } from './choosing-devices';
import { withDevice } from './device-work';
import type { Kit } from './kit';

const voice = ['noiseSuppression', 'echoCancellation'] as const;
const loudness = ['volumes', 'screenVolumes'] as const;

/**
 * Lets the running call follow what this person chooses, in this tab or another: devices, how the voice is treated,
 * and how loud people are.
 */
export function syncDevices(kit: ChoosingOwners & Pick<Kit, 'state'>): () => void {
  let before = readPreferences();
  for (const piece of loudness) syncVolumes(kit, piece, before);
  return onPreferences(() => {
    const now = readPreferences();
    const isNew = (key: keyof CallPreferences) => now[key] !== before[key];
    const [isMicrophoneNew, isVoiceNew] = [isNew('microphoneId'), voice.some(isNew)];
    const [isSpeakerNew, isCameraNew] = [isNew('speakerId'), isNew('cameraId')];
    for (const piece of loudness) if (isNew(piece)) syncVolumes(kit, piece, now);
    if (isNew('noiseFilter')) kit.connection.current()?.setNoiseFilter(now.noiseFilter);
    if (isNew('isBackgroundBlurred'))
      void withDevice(kit, 'camera', (room) => room.setBackgroundBlur(now.isBackgroundBlurred));
    before = now;
    if (isMicrophoneNew) void takeChosen(kit, 'audioinput');
    else if (isVoiceNew) void renewMicrophone(kit, true);
    if (isSpeakerNew) void takeChosen(kit, 'audiooutput');
    if (isCameraNew) void takeChosen(kit, 'videoinput');
  });
}

const soundOf = { volumes: 'voice', screenVolumes: 'screen' } as const;

/** A room that is made later takes them from the state (`watchRoom`). */
function syncVolumes(
  kit: Pick<Kit, 'connection' | 'devices' | 'state'>,
  piece: VolumePiece,
  preferences: CallPreferences,
) {
  const before = kit.state.get()[piece];
  const volumes = new Map(Object.entries(preferences[piece]));
  kit.devices.setVolumes(piece, volumes);
  for (const userId of new Set([...before.keys(), ...volumes.keys()]))
    kit.connection.current()?.setVolume(userId, soundOf[piece], volumes.get(userId) ?? 100);
}
