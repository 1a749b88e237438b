import { useController } from '../controller-context';
import type { CallFeatures } from '../features';

/**
 * What the app does with calls and what it does without, as `CallProvider` was given it.
 *
 * @example
 * const { camera } = useFeatures();
 * return camera && <button {...useCallControls().camera.buttonProps}>Camera</button>;
 */
export function useFeatures(): CallFeatures {
  return useController().kit.features;
}
