import type { DeviceKind } from '../view-models';

/**
 * `refused`: the person or the browser said no. `missing`: there is none. `busy`: another program has
 * it. `insecure`: the page is on plain http, where the browser has no devices at all.
 */
export type DeviceProblem = 'refused' | 'missing' | 'busy' | 'insecure';

/** Why `getUserMedia` gave nothing. */
export function deviceProblemOf(error: unknown): DeviceProblem {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'missing';
}

/** What a device is called in a sentence. */
export const deviceWords: Record<DeviceKind, string> = {
  audioinput: 'microphone',
  audiooutput: 'speaker',
  videoinput: 'camera',
};

/** The same as one sentence that says what to do. */
export function problemWords(device: string, problem: DeviceProblem): string {
  if (problem === 'refused') return `Your ${device} is blocked. Allow it in the browser’s address bar.`;
  if (problem === 'insecure')
    return `A browser gives its ${device} to https pages only, and this page is on http.`;
  return problem === 'busy' ? `Another program is using your ${device}.` : `No ${device} was found.`;
}
