import { useSyncExternalStore } from 'react';
import { useController } from '../controller-context';
import { canBlur } from '../media/can-blur';
import type { BackgroundBlurState } from '../view-models';
import { useCallPreferences } from './use-call-preferences';

const never = () => () => {};

/**
 * Whether others see this person with a blurred background, in this call and in later ones.
 *
 * @example
 * const { isOffered, isOn, setOn } = useBackgroundBlur();
 * return isOffered && <Toggle isOn={isOn} onChange={setOn} />;
 */
export function useBackgroundBlur(): BackgroundBlurState {
  const { kit } = useController();
  const { preferences, change } = useCallPreferences();
  const isOn = preferences.isBackgroundBlurred;
  const isPossible = useSyncExternalStore(never, canBlur, () => true);
  return {
    // What was chosen must stay in reach: without it no camera is sent.
    isOffered: kit.features.camera && (isPossible || isOn),
    isOn,
    setOn: (isBackgroundBlurred) => change({ isBackgroundBlurred }),
  };
}
