import { withinLoadLimit } from './blur-limit';

/**
 * Loads the script of the blur, which most people never need.
 *
 * @throws when it can't be loaded within 30 s
 */
export const loadBlur = () => withinLoadLimit(() => import('./background-blur'));
