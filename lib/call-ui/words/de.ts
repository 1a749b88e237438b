import { deFirst } from './de-first';
import { deInCall } from './de-in-call';
import type { CallWords } from './ready-words';

/**
 * Every German word of the kit, in the informal "du".
 *
 * @example
 * <CallProvider {...props} words={german} />
 */
export const german: CallWords = { ...deFirst, ...deInCall };
