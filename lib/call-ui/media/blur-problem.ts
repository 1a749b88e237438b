/** `unavailable`: it could not be loaded, or stopped. `too_slow`: the device takes too long for each picture. */
export type BlurProblem = 'unavailable' | 'too_slow';

/** The camera was to be blurred and could not be; a `BlurProblem` says why. */
export class BlurError extends Error {
  constructor() {
    super('no background blur');
    this.name = 'BlurError';
  }
}
