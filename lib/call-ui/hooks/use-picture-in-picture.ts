import { documentPictureInPicture, pictureOf } from '../controller/pictures';
import { useController } from '../controller-context';
import type { CallParticipant } from '../view-models';
import { useKitState } from './use-kit';

/**
 * Shows the call in a small window of its own that stays above all others, or closes that window: with faces, timer
 * and controls where the browser can do that, else the first screen or camera of another participant; null where there
 * is nothing to show or no way to show it. The window closes with the call.
 *
 * @example
 * const openPictureInPicture = usePictureInPicture(useCall().people);
 */
export function usePictureInPicture(people: readonly CallParticipant[]): (() => void) | null {
  const { togglePicture } = useController();
  const isInCall = useKitState(({ entry }) => entry !== null);
  const canShow = documentPictureInPicture()
    ? isInCall
    : Boolean(pictureOf(people) && globalThis.document?.pictureInPictureEnabled);
  return canShow ? togglePicture : null;
}
