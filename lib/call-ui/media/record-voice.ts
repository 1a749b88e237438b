import type { DeviceProblem } from './device-problem';
import { createFilterGraph } from './noise-filter';
import { requestMicrophone, type VoicePreferences } from './request-microphone';

/** What a person said, as their microphone heard it and as the noise filter leaves it. */
export type VoiceSample = { before: Blob; after: Blob };

export type VoiceRecording = { sample: VoiceSample } | { problem: DeviceProblem | 'no-filter' };

/**
 * Records the chosen microphone twice at the same time: directly, and through the noise filter. Never rejects.
 *
 * @param forMs ends by itself after so many milliseconds
 * @param signal ends it early, with what was said until then
 */
export async function recordVoice(
  preferences: VoicePreferences,
  forMs: number,
  signal: AbortSignal,
): Promise<VoiceRecording> {
  const answer = await requestMicrophone(preferences);
  if ('problem' in answer) return answer;
  const { track } = answer;
  try {
    const graph = await createFilterGraph(track, () => {});
    try {
      const [before, after] = [record(track), record(graph.output)];
      await passed(forMs, signal);
      return { sample: { before: await before.end(), after: await after.end() } };
    } finally {
      graph.close();
    }
  } catch {
    return { problem: 'no-filter' };
  } finally {
    track.stop();
  }
}

function record(track: MediaStreamTrack) {
  const recorder = new MediaRecorder(new MediaStream([track]));
  const parts: Blob[] = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const ended = new Promise<Blob>((resolve) => {
    recorder.onstop = () => resolve(new Blob(parts, { type: recorder.mimeType }));
  });
  recorder.start();
  return {
    end() {
      if (recorder.state !== 'inactive') recorder.stop();
      return ended;
    },
  };
}

function passed(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}
