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
import { shortcutText } from '../shortcuts';

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

const actionLabels: Record<ShortcutAction, string> = {
  accept: 'Accept a call',
  decline: 'Decline a call',
  microphone: 'Microphone on or off',
  leave: 'Leave the call',
};

export type ShortcutState = {
  action: ShortcutAction;
  label: string;
  /** "Ctrl Shift S". */
  keys: string;
  /** Sets the key by its `KeyboardEvent.code`; Ctrl (⌘) and Shift stay part of it. */
  setCode: (code: string) => void;
};

/** The keyboard shortcuts as they are set here, for a list in Settings. */
export function useShortcuts(): readonly ShortcutState[] {
  const { preferences, change } = useCallPreferences();
  const codes = preferences.shortcuts;
  return shortcutActions.map((action) => ({
    action,
    label: actionLabels[action],
    keys: shortcutText(action, codes),
    setCode: (code) => {
      // One key does one thing: the action that had it gets this one's.
      const other = shortcutActions.find((candidate) => candidate !== action && codes[candidate] === code);
      change({ shortcuts: { ...codes, ...(other ? { [other]: codes[action] } : {}), [action]: code } });
    },
  }));
}
