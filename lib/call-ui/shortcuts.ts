import { readPreferences, type ShortcutAction, shortcutActions } from './preferences';

type Keys = Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** The action whose keys these are, by place on the keyboard (`event.code`), or null. */
export function shortcutOf(event: Keys, codes = readPreferences().shortcuts): ShortcutAction | null {
  const isOurs = (event.ctrlKey || event.metaKey) && event.shiftKey && !event.altKey;
  if (!isOurs) return null;
  return shortcutActions.find((action) => codes[action] === event.code) ?? null;
}

/** The keys as people read them: "Ctrl Shift S", on a Mac "⌘ ⇧ S". */
export function shortcutText(action: ShortcutAction, codes = readPreferences().shortcuts): string {
  const key = keyText(codes[action]);
  return isMac() ? `⌘ ⇧ ${key}` : `Ctrl Shift ${key}`;
}

/** The same for `aria-keyshortcuts`. */
export function shortcutAria(action: ShortcutAction, codes = readPreferences().shortcuts): string {
  return `${isMac() ? 'Meta' : 'Control'}+Shift+${keyText(codes[action])}`;
}

function keyText(code: string): string {
  return code.replace(/^(Key|Digit)/, '');
}

function isMac(): boolean {
  return /mac|iphone|ipad/i.test(globalThis.navigator?.platform ?? '');
}
