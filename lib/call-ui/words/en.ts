import { enFirst } from './en-first';
import { enInCall } from './en-in-call';

/**
 * Every English word of the kit: plain data, by surface. The other languages have the same ids and placeholders.
 *
 * @example
 * <CallProvider {...props} words={{ ...english, start: { ...english.start, call: 'Ring' } }} />
 */
export const english = { ...enFirst, ...enInCall };
