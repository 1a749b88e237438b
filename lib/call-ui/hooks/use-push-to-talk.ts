import { canBePushKey, type PushMode, pushKeyText } from '../push-keys';
import { holdShortcuts, isLoneShortcut } from '../shortcuts';
import { useWords } from '../words/use-words';
import { useCallPreferences } from './use-call-preferences';

/** Push to talk and push to mute as they are set on this device. */
export type PushToTalkState = {
  mode: PushMode;
  setMode: (mode: PushMode) => void;
  /** "V", "Space", "Right Ctrl". */
  keys: string;
  /** Sets the key by its `KeyboardEvent.code`; null when it is set, else why not in one sentence. */
  setCode: (code: string) => string | null;
  /** While a new key is awaited: no key acts until the function it returns is called. */
  hold: () => () => void;
};

/**
 * The key that is held to talk, or to mute, for a line in Settings.
 *
 * @example
 * const { mode, setMode, keys } = usePushToTalk();
 */
export function usePushToTalk(): PushToTalkState {
  const { preferences, change } = useCallPreferences();
  const words = useWords();
  return {
    mode: preferences.pushMode,
    setMode: (pushMode) => change({ pushMode }),
    keys: pushKeyText(preferences.pushKey, words),
    setCode(code) {
      if (!canBePushKey(code)) return words.pushKey.cannotBe;
      if (isLoneShortcut(code, preferences.shortcuts)) return words.pushKey.isShortcut;
      change({ pushKey: code });
      return null;
    },
    hold: holdShortcuts,
  };
}
