import { useCallback, useState } from 'react';
import { requestMicrophone } from '../media/request-microphone';
import { watchLevel } from '../media/voice';
import { readPreferences } from '../preferences';
import { useController } from '../provider';

/** A level to listen to. */
export type LevelMeter = {
  /** 0–1, many times a second, for as long as somebody listens. */
  subscribeLevel: (listener: (level: number) => void) => () => void;
};

/**
 * How loud a microphone is. Without a track: the one of the running call, else the chosen one, which is
 * opened for as long as somebody listens.
 *
 * @example
 * const { subscribeLevel } = useLevel();
 * useEffect(() => subscribeLevel((level) => { bar.style.width = `${level * 100}%`; }), [subscribeLevel]);
 */
export function useLevel(track: MediaStreamTrack | null = null): LevelMeter {
  const { kit } = useController();
  const subscribeLevel = useCallback(
    (listener: (level: number) => void) => {
      const inUse = track ?? kit.room?.microphoneTrack() ?? null;
      if (inUse) return watchLevel(inUse, listener);
      let stop: (() => void) | null = null;
      let isOver = false;
      void requestMicrophone(readPreferences()).then((answer) => {
        if (!('track' in answer)) return;
        const opened = answer.track;
        if (isOver) opened.stop();
        else {
          const stopWatching = watchLevel(opened, listener);
          stop = () => {
            stopWatching();
            opened.stop();
          };
        }
      });
      return () => {
        isOver = true;
        stop?.();
      };
    },
    [track, kit],
  );
  return { subscribeLevel };
}

/**
 * Plays a short tune on the chosen speaker.
 *
 * @example
 * const { testSpeaker, isTestingSpeaker } = useSpeakerTest();
 * return <button onClick={testSpeaker} aria-busy={isTestingSpeaker}>Play a test</button>;
 */
export function useSpeakerTest(): { testSpeaker: () => void; isTestingSpeaker: boolean } {
  const { kit } = useController();
  const [isTestingSpeaker, setTesting] = useState(false);
  const testSpeaker = () => {
    if (isTestingSpeaker || !kit.sound) return;
    setTesting(true);
    void kit.sound.testSpeaker().finally(() => setTesting(false));
  };
  return { testSpeaker, isTestingSpeaker };
}

/**
 * Plays the chosen ringtone until it is stopped; for Settings.
 *
 * @example
 * const { play, stop, isPlaying } = useRingtoneTest();
 * return <button onClick={isPlaying ? stop : play}>{isPlaying ? 'Stop' : 'Listen'}</button>;
 */
export function useRingtoneTest(): { play: () => void; stop: () => void; isPlaying: boolean } {
  const { kit } = useController();
  const [stopTone, setStopTone] = useState<(() => void) | null>(null);
  const stop = () => {
    stopTone?.();
    setStopTone(null);
  };
  const play = () => {
    stopTone?.();
    const stopNow = kit.sound?.playRingtone();
    setStopTone(() => stopNow ?? null);
  };
  return { play, stop, isPlaying: stopTone !== null };
}
