import { pictureOf } from '../controller/picture-window';
import { useController } from '../provider';
import type { CallParticipant } from '../view-models';

/**
 * Shows the first screen or camera of another participant in a small window of its own, or closes that window; null where
 * that can't be done. The window closes with the call.
 *
 * @example
 * const openPictureInPicture = usePictureInPicture(useCall().people);
 */
export function usePictureInPicture(people: readonly CallParticipant[]): (() => void) | null {
  const { togglePicture } = useController();
  return pictureOf(people) && globalThis.document?.pictureInPictureEnabled ? togglePicture : null;
}
