import { useSyncExternalStore } from 'react';
import {
  type CallPreferences,
  changePreferences,
  defaultPreferences,
  onPreferences,
  readPreferences,
  type ShortcutAction,
  shortcutActions,
} from '../preferences';
import { canBeShortcut, holdShortcuts, shortcutText } from '../shortcuts';
import { useFirstWords } from '../words/words-context';

/**
 * What this person chose on this device; every tab follows a change at once.
 *
 * @example
 * const { preferences, change } = useCallPreferences();
 * change({ ringVolume: 40 });
 */
export function useCallPreferences(): {
  preferences: CallPreferences;
  change: (change: Partial<CallPreferences>) => void;
} {
  const preferences = useSyncExternalStore(onPreferences, readPreferences, () => defaultPreferences);
  return { preferences, change: changePreferences };
}

/**
 * One line of the list of shortcuts.
 *
 * @example
 * const Row = ({ label, keys }: ShortcutState) => <li>{label}: {keys}</li>;
 */
export type ShortcutState = {
  action: ShortcutAction;
  label: string;
  /** "Ctrl Shift S", "F6". */
  keys: string;
  /**
   * Sets the key by its `KeyboardEvent.code`: F keys stand alone, Ctrl (⌘) and Shift go with a letter or digit.
   * Null when it is set; else nothing has changed, and why in one sentence.
   */
  setCode: (code: string) => string | null;
  /** While a new key is awaited: no shortcut acts until the function it returns is called. */
  hold: () => () => void;
};

/**
 * The keyboard shortcuts as they are set here, for a list in Settings.
 *
 * @example
 * const problem = useShortcuts()[0]?.setCode('KeyK');
 */
export function useShortcuts(): readonly ShortcutState[] {
  const { preferences, change } = useCallPreferences();
  const codes = preferences.shortcuts;
  const catalogue = useFirstWords();
  const words = catalogue.keys;
  return shortcutActions.map((action) => ({
    action,
    label: words[action],
    keys: shortcutText(action, catalogue, codes),
    setCode: (code) => {
      if (!canBeShortcut(code)) return words.cannotBe;
      // One key does one thing.
      const other = shortcutActions.find((candidate) => candidate !== action && codes[candidate] === code);
      if (other) return words.isTaken({ action: words[other] });
      change({ shortcuts: { ...codes, [action]: code } });
      return null;
    },
    hold: holdShortcuts,
  }));
}
