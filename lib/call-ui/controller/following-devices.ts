import { type CallPreferences, onPreferences, readPreferences } from '../preferences';
import { type ChoosingOwners, renewMicrophone, takeChosen } from './choosing-devices';
import type { Kit } from './kit';

const voice = ['noiseSuppression', 'echoCancellation'] as const;

/**
 * Lets the running call follow what this person chooses, in this tab or another: devices, how the voice is treated,
 * and how loud people are.
 */
export function syncDevices(kit: ChoosingOwners & Pick<Kit, 'state'>): () => void {
  let before = readPreferences();
  syncVolumes(kit, before);
  return onPreferences(() => {
    const now = readPreferences();
    const isNew = (key: keyof CallPreferences) => now[key] !== before[key];
    const [isMicrophoneNew, isVoiceNew] = [isNew('microphoneId'), voice.some(isNew)];
    const [isSpeakerNew, isCameraNew] = [isNew('speakerId'), isNew('cameraId')];
    if (isNew('volumes')) syncVolumes(kit, now);
    if (isNew('noiseFilter')) kit.connection.current()?.setNoiseFilter(now.noiseFilter);
    before = now;
    if (isMicrophoneNew) void takeChosen(kit, 'audioinput');
    else if (isVoiceNew) void renewMicrophone(kit, true);
    if (isSpeakerNew) void takeChosen(kit, 'audiooutput');
    if (isCameraNew) void takeChosen(kit, 'videoinput');
  });
}

/** A room that is made later takes them from the state (`watchRoom`). */
function syncVolumes(
  kit: Pick<Kit, 'connection' | 'devices' | 'state'>,
  { volumes: chosen }: CallPreferences,
) {
  const before = kit.state.get().volumes;
  const volumes = new Map(Object.entries(chosen));
  kit.devices.setVolumes(volumes);
  for (const userId of new Set([...before.keys(), ...volumes.keys()]))
    kit.connection.current()?.setVolume(userId, volumes.get(userId) ?? 100);
}
