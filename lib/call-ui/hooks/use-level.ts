import { useCallback, useEffect, useState } from 'react';
import { useController } from '../controller-context';
import { type DeviceProblem, faultText } from '../media/device-problem';
import { requestMicrophone } from '../media/request-microphone';
import { watchLevel } from '../media/voice';
import { useFirstWords } from '../words/words-context';
import { useCallPreferences } from './use-call-preferences';
import { useKitState } from './use-kit';

/** A level to listen to. */
export type LevelState = {
  /** 0–1, many times a second while subscribed; a new function when the microphone changes. */
  subscribeLevel: (listener: (level: number) => void) => () => void;
  /** Why there is no level, as a sentence; null when all is well. */
  problem: string | null;
};

/**
 * How loud a microphone is: the one of the running call, else the chosen one, which is open exactly as
 * long as a component subscribes.
 *
 * @example
 * const { subscribeLevel } = useLevel();
 * useEffect(() => subscribeLevel((level) => { bar.style.width = `${level * 100}%`; }), [subscribeLevel]);
 */
export function useLevel(): LevelState {
  const { kit } = useController();
  const inCall = useKitState(() => kit.connection.current()?.microphoneTrack() ?? null);
  const { microphoneId, noiseSuppression, echoCancellation } = useCallPreferences().preferences;
  const [problem, setProblem] = useState<DeviceProblem | null>(null);
  const words = useFirstWords();
  const subscribeLevel = useCallback(
    (listener: (level: number) => void) => {
      setProblem(null);
      if (inCall) return watchLevel(inCall, listener);
      let stop: (() => void) | null = null;
      let isOver = false;
      void requestMicrophone({ microphoneId, noiseSuppression, echoCancellation }).then((answer) => {
        if ('problem' in answer) {
          if (!isOver) setProblem(answer.problem);
          return;
        }
        const { track } = answer;
        if (isOver) {
          track.stop();
          return;
        }
        const stopWatching = watchLevel(track, listener);
        stop = () => {
          stopWatching();
          track.stop();
        };
      });
      return () => {
        isOver = true;
        stop?.();
      };
    },
    [inCall, microphoneId, noiseSuppression, echoCancellation],
  );
  return { subscribeLevel, problem: problem && faultText('microphone', problem, words) };
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
    const sound = kit.alerts.sound();
    if (isTestingSpeaker || !sound) return;
    setTesting(true);
    void sound.testSpeaker().finally(() => setTesting(false));
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
  useEffect(() => () => stopTone?.(), [stopTone]);
  const stop = () => setStopTone(null);
  const play = () => {
    const stopNow = kit.alerts.sound()?.play('ringtone');
    setStopTone(() => stopNow ?? null);
  };
  return { play, stop, isPlaying: stopTone !== null };
}
