import { onPreferences, readPreferences } from '../preferences';
import { isPush } from '../push-keys';
import { areShortcutsHeld } from '../shortcuts';
import type { MicrophoneOwners } from './choosing-devices';
import { setMicrophone } from './controls';
import type { Kit } from './kit';

/** How long the microphone stays open after the key, in milliseconds: the end of a word comes after the finger. */
const releaseMs = 200;

/** Push to talk and push to mute of one provider. */
export type PushToTalk = {
  /** Follows the key while this window has the keyboard; stops with the function it returns, which ends a hold. */
  listen(window: Window): () => void;
  /** Follows the mode; stops with the function it returns. */
  run(): () => void;
};

/** A held key: in which entry of which call, and what the microphone goes back to. */
type Hold = { code: string; attempt: number; isOnAfter: boolean };

/**
 * Opens or mutes the microphone for as long as a key is held. A window that loses the keyboard hears no key come up:
 * that ends the hold, too.
 */
export function createPushToTalk(kit: MicrophoneOwners & Pick<Kit, 'state'>): PushToTalk {
  let hold: Hold | null = null;
  let closing: ReturnType<typeof setTimeout> | undefined;

  function setOn(isOn: boolean) {
    const room = kit.connection.current();
    if (room) void setMicrophone(kit, room, isOn);
    // Between two connections: the next one begins with it.
    else kit.chosenMedia.choose({ microphone: isOn ? 'on' : 'muted' });
  }

  /** @returns whether the key does something now */
  function press(code: string): boolean {
    const { pushMode } = readPreferences();
    const attempt = kit.state.get().entry?.attempt;
    const state = kit.connection.current()?.state();
    if (pushMode === 'off' || attempt === undefined || !state?.hasMicrophone) return false;
    clearTimeout(closing);
    const isAgain = hold?.attempt === attempt;
    const isOnAfter = pushMode === 'mute' && (isAgain ? hold?.isOnAfter === true : state.isMicrophoneOn);
    hold = { code, attempt, isOnAfter };
    setOn(pushMode === 'talk');
    return true;
  }

  function endHold() {
    clearTimeout(closing);
    const ended = hold;
    hold = null;
    if (ended && kit.state.get().entry?.attempt === ended.attempt) setOn(ended.isOnAfter);
  }

  function release() {
    if (!hold) return;
    clearTimeout(closing);
    if (hold.isOnAfter) endHold();
    else closing = setTimeout(endHold, releaseMs);
  }

  return {
    listen(window) {
      const onDown = (event: KeyboardEvent) => {
        if (areShortcutsHeld()) return;
        const isHeld = hold?.code === event.code;
        const isMine = event.repeat ? isHeld : isPush(event, readPreferences().pushKey) && press(event.code);
        // A held key must neither press the focused button nor type.
        if (isMine) event.preventDefault();
      };
      const onUp = (event: KeyboardEvent) => {
        if (hold?.code !== event.code) return;
        event.preventDefault();
        release();
      };
      window.addEventListener('keydown', onDown, true);
      window.addEventListener('keyup', onUp, true);
      window.addEventListener('blur', release);
      window.addEventListener('pagehide', endHold);
      return () => {
        endHold();
        window.removeEventListener('keydown', onDown, true);
        window.removeEventListener('keyup', onUp, true);
        window.removeEventListener('blur', release);
        window.removeEventListener('pagehide', endHold);
      };
    },
    run() {
      let before = readPreferences().pushMode;
      return onPreferences(() => {
        const { pushMode } = readPreferences();
        if (pushMode === before) return;
        before = pushMode;
        endHold();
        if (pushMode === 'talk' && kit.state.get().entry) setOn(false);
      });
    },
  };
}
