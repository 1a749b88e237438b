import { deFirst } from './de-first';
import { deInCall } from './de-in-call';
import type { CallWords } from './ready-words';

// Not a spread, which might run getters: an app in another language would have these words in its bundle.
/**
 * Every German word of the kit, in the informal "du".
 *
 * @example
 * <CallProvider {...props} words={german} />
 */
export const german: CallWords = /* @__PURE__ */ Object.assign({}, deFirst, deInCall);
