import { useCallback, useEffect, useRef, useState } from 'react';
import { type DeviceProblem, faultText } from '../media/device-problem';
import type { VoiceSample } from '../media/record-voice';
import { readPreferences } from '../preferences';
import type { Words } from '../words/ready-words';
import { useWords } from '../words/use-words';

const recordedMs = 5000;

/** One's own voice without and with the noise filter. */
export type VoiceComparison = {
  phase: 'empty' | 'recording' | 'ready';
  /** Records five seconds; while it records, ends it. */
  record: () => void;
  /** What is heard at the moment. */
  playing: keyof VoiceSample | null;
  /** Plays one of the two on the chosen speaker; the one that is playing stops. */
  play: (which: keyof VoiceSample) => void;
  /** Why nothing was recorded or is heard, as a sentence; null when all is well. */
  problem: string | null;
};

/**
 * Lets a person hear what the noise filter does to their own voice. The microphone is open while it records only, and
 * nothing leaves the browser.
 *
 * @example
 * const { phase, record, play } = useVoiceComparison();
 * return phase === 'ready' ? <button onClick={() => play('after')}>After</button> : <button onClick={record}>Record</button>;
 */
export function useVoiceComparison(): VoiceComparison {
  const [sample, setSample] = useState<VoiceSample | null>(null);
  const [recording, setRecording] = useState<AbortController | null>(null);
  const [playing, setPlaying] = useState<keyof VoiceSample | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const words = useWords();
  const stopPlaying = useRef<() => void>(() => {});

  const stop = useCallback(() => {
    stopPlaying.current();
    stopPlaying.current = () => {};
    setPlaying(null);
  }, []);
  useEffect(() => () => stopPlaying.current(), []);
  useEffect(() => () => recording?.abort(), [recording]);

  async function start() {
    stop();
    setProblem(null);
    setSample(null);
    const control = new AbortController();
    setRecording(control);
    const said = await import('../media/record-voice')
      .then(({ recordVoice }) => recordVoice(readPreferences(), recordedMs, control.signal))
      .catch(() => ({ problem: 'no-filter' as const }));
    setRecording(null);
    if ('sample' in said) setSample(said.sample);
    else setProblem(said.problem);
  }

  async function play(which: keyof VoiceSample) {
    const wasPlaying = playing;
    stop();
    if (!sample || wasPlaying === which) return;
    const address = URL.createObjectURL(sample[which]);
    const element = new Audio(address);
    let isStopped = false;
    stopPlaying.current = () => {
      isStopped = true;
      element.pause();
      URL.revokeObjectURL(address);
    };
    element.onended = stop;
    setPlaying(which);
    const { speakerId } = readPreferences();
    // A speaker that is unplugged, or a browser without a choice: the system's one plays it.
    if (speakerId && 'setSinkId' in element) await element.setSinkId(speakerId).catch(() => {});
    if (isStopped) return;
    await element.play().catch(() => {
      // A person who stops it before the first sound ends it: browsers reject `play` then too.
      if (isStopped) return;
      stop();
      setProblem('not-played');
    });
  }

  return {
    phase: recording ? 'recording' : sample ? 'ready' : 'empty',
    record: () => (recording ? recording.abort() : void start()),
    playing,
    play: (which) => void play(which),
    problem: problem && problemText(problem, words),
  };
}

type Problem = DeviceProblem | 'no-filter' | 'not-played';

function problemText(problem: Problem, words: Words): string {
  if (problem === 'no-filter') return words.voiceTest.noFilter;
  return problem === 'not-played' ? words.voiceTest.notPlayed : faultText('microphone', problem, words);
}
