/** `unavailable`: it could not be loaded, or stopped. `too_slow`: the device takes too long for each picture. */
export type BlurProblem = 'unavailable' | 'too_slow';

/** What is said to the person; a call adds that the camera is off. */
export const blurWords: Record<BlurProblem, string> = {
  unavailable: 'Background blur could not be switched on.',
  too_slow: 'This device is too slow for background blur.',
};

/** The camera was to be blurred and could not be; a `BlurProblem` says why. */
export class BlurError extends Error {
  constructor() {
    super('no background blur');
    this.name = 'BlurError';
  }
}
