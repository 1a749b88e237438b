import type { CallParticipant } from '../shown';

/**
 * Shows the first screen or camera of somebody else in a small window of its own; null where that can't be done.
 *
 * @example
 * const open = usePictureInPicture(useCall().people);
 */
export function usePictureInPicture(people: readonly CallParticipant[]): (() => void) | null {
  const others = people.filter((person) => !person.isSelf);
  const source =
    others.find((person) => person.screen)?.screen ?? others.find((person) => person.camera)?.camera;
  if (!source || !globalThis.document?.pictureInPictureEnabled) return null;
  return () => {
    const video = document.createElement('video');
    video.muted = true;
    video.playsInline = true;
    source.attach(video);
    const close = () => source.detach(video);
    video.addEventListener('leavepictureinpicture', close, { once: true });
    video.addEventListener('loadedmetadata', () => void video.requestPictureInPicture().catch(close), {
      once: true,
    });
    void video.play().catch(() => {});
  };
}
