import { arFirst } from './ar-first';
import { arInCall } from './ar-in-call';
import type { CallWords } from './ready-words';

/**
 * Every word in Arabic, to look at a page that runs from right to left. No entry of the package exports it: it has not
 * been read by a person who speaks it.
 */
export const arabic: CallWords = { ...arFirst, ...arInCall };
