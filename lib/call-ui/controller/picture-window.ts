import { clockNow } from '../clock';
import type { VideoSource } from '../view-models';
import { type PeopleOwners, participantsOf } from './describe-people';
import type { Kit } from './kit';
import { ownCall } from './kit-state';
import { wordsIn } from './owners/language';
import { pictureOf } from './pictures';

/** A participant's camera or screen in a picture-in-picture window. */
export type PictureWindow = {
  /** Opens the window, or closes the one that is open. Must be called from a click. */
  toggle(): void;
  /** Updates the window with the call; the returned function closes it and unsubscribes. */
  run(): () => void;
};

/** In milliseconds: after a lost connection pictures come a moment later than the connection itself. */
const withoutPictureMs = 3000;

/**
 * The window belongs to one entry of one call, not to the part of the page it was opened from: it stays while the
 * person moves about the app, shows what there is to see, and closes when the call ends, is left, moved or switched.
 */
export function createPictureWindow(kit: PeopleOwners & Pick<Kit, 'timers'>): PictureWindow {
  let open: { video: HTMLVideoElement; source: VideoSource; attempt: number } | null = null;

  const pictureNow = () => {
    const state = kit.state.get();
    return pictureOf(participantsOf(kit, state, ownCall(state), clockNow(), wordsIn(state)));
  };

  function close() {
    if (!open) return;
    const { video, source } = open;
    open = null;
    source.detach(video);
    if (document.pictureInPictureElement === video) void document.exitPictureInPicture().catch(() => {});
  }

  function update() {
    if (!open) return;
    const { entry, room } = kit.state.get();
    if (entry?.attempt !== open.attempt) {
      close();
      return;
    }
    // The connection comes back, and with it another track of the same person.
    if (room?.connection !== 'connected') return;
    const source = pictureNow();
    if (source === open.source) return;
    if (!source) {
      kit.timers.later('picture', withoutPictureMs, () => {
        if (!pictureNow()) close();
      });
      return;
    }
    const { video, source: before } = open;
    open.source = source;
    // In this order: the browser closes the window of an element that plays nothing.
    source.attach(video);
    before.detach(video);
  }

  function toggle() {
    const source = pictureNow();
    const attempt = kit.state.get().entry?.attempt;
    if (open || !source || attempt === undefined) {
      close();
      return;
    }
    const video = document.createElement('video');
    video.muted = true;
    video.playsInline = true;
    open = { video, source, attempt };
    const isOpen = () => open?.video === video;
    video.addEventListener('leavepictureinpicture', () => isOpen() && close());
    video.addEventListener(
      'loadedmetadata',
      () => {
        if (!isOpen()) return;
        video.requestPictureInPicture().then(
          // Closed while the browser opened it.
          () => !isOpen() && void document.exitPictureInPicture().catch(() => {}),
          () => isOpen() && close(),
        );
      },
      { once: true },
    );
    source.attach(video);
    void video.play().catch(() => {});
  }

  return {
    toggle,
    run() {
      const stop = kit.state.subscribe(update);
      return () => {
        stop();
        close();
      };
    },
  };
}
