import type { CallParticipant, VideoSource } from '../view-models';

/** What the window shows: the first shared screen of another participant, else the first camera; null without either. */
export function pictureOf(people: readonly CallParticipant[]): VideoSource | null {
  const others = people.filter((person) => !person.isSelf);
  const screen = others.find((person) => person.screen)?.screen;
  return screen ?? others.find((person) => person.camera)?.camera ?? null;
}

/** Document Picture-in-Picture (https://wicg.github.io/document-picture-in-picture/), where the browser has it. */
type DocumentPictureInPicture = { requestWindow(size: { width: number; height: number }): Promise<Window> };

/** The browser's window above all others; null where there is none for documents. */
export function documentPictureInPicture(): DocumentPictureInPicture | null {
  const found: unknown = Reflect.get(globalThis, 'documentPictureInPicture');
  return found ? (found as DocumentPictureInPicture) : null;
}
