import type { FirstWords } from '../words/ready-words';

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

/** Why a device could not be switched on; `failed`: for another reason. */
export type DeviceFault = DeviceProblem | 'failed';

/** The same as one sentence that says what to do. */
export function faultText(
  device: 'microphone' | 'camera' | 'screen',
  fault: DeviceFault,
  { devices }: FirstWords,
): string {
  const say: Readonly<Partial<Record<DeviceFault, string>>> = devices[device];
  return say[fault] ?? devices[device].failed;
}
