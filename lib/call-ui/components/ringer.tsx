'use client';
import { useEffect } from 'react';
import { useController } from '../controller-context';
import type { RingerProps } from '../slots';

/**
 * The kit's sounds: ringtone, soft tone and ringback, on the chosen speaker. For a ringer of one's own that changes only
 * some of them.
 *
 * @example
 * const MyRinger = (props: RingerProps) =>
 *   props.sound === 'ringback' ? <Whale {...props} /> : <Ringer {...props} />;
 */
export function Ringer({ sound, isMyTurn, ringId }: RingerProps) {
  const { kit } = useController();
  // biome-ignore lint/correctness/useExhaustiveDependencies: during a call each new ring has its tone
  useEffect(() => {
    if (sound && isMyTurn) return kit.alerts.sound()?.play(sound);
  }, [kit, sound, isMyTurn, sound === 'soft-tone' ? ringId : null]);
  return null;
}
