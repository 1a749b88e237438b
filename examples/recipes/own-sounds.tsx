import { Ringer, type RingerProps } from '@parley/call-kit';
import { useEffect } from 'react';

/** The slot `Ringer`: a tune of the app's own for calls that ring, and the kit's sounds for everything else. */
export function OwnSounds(props: RingerProps) {
  const { sound, isMyTurn, volume } = props;
  const isRinging = sound === 'ringtone' && isMyTurn;
  useEffect(() => {
    if (!isRinging) return;
    const tune = new Audio('/our-tune.mp3');
    tune.loop = true;
    tune.volume = volume;
    tune.play().catch((error) => reportError(error));
    return () => tune.pause();
  }, [isRinging, volume]);
  return sound === 'ringtone' ? null : <Ringer {...props} />;
}
