import { type CallPreferences, onPreferences, readPreferences } from '../preferences';
import { renewMicrophone, takeChosen } from './controls';
import type { Kit } from './kit';

const voice = ['noiseSuppression', 'echoCancellation'] as const;

/** Lets the running call follow what this person chooses, in this tab or another: devices and how the voice is treated. */
export function keepDevices(kit: Kit): () => void {
  let before = readPreferences();
  return onPreferences(() => {
    const now = readPreferences();
    const isNew = (key: keyof CallPreferences) => now[key] !== before[key];
    const [isMicrophoneNew, isVoiceNew] = [isNew('microphoneId'), voice.some(isNew)];
    const [isSpeakerNew, isCameraNew] = [isNew('speakerId'), isNew('cameraId')];
    before = now;
    if (isMicrophoneNew) void takeChosen(kit, 'audioinput');
    else if (isVoiceNew) void renewMicrophone(kit, true);
    if (isSpeakerNew) void takeChosen(kit, 'audiooutput');
    if (isCameraNew) void takeChosen(kit, 'videoinput');
  });
}
