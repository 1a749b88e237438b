import { readPreferences, type ShortcutAction, shortcutActions } from './preferences';
import type { FirstWords } from './words/ready-words';

type Keys = Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** An F key stands alone; a letter or digit goes with Ctrl (⌘ on a Mac) and Shift, so that typing stays typing. */
const isAlone = (code: string) => /^F\d/.test(code);

/** Whether a key can be a shortcut: letters, digits and F keys, but those that browsers need (F5, F11, F12). */
export function canBeShortcut(code: string): boolean {
  return /^(Key[A-Z]|Digit\d|F([1-46-9]|10))$/.test(code);
}

let holders = 0;

/** Lets no shortcut act until the function it returns is called: a key is being chosen. */
export function holdShortcuts(): () => void {
  let isHeld = true;
  holders += 1;
  return () => {
    if (isHeld) holders -= 1;
    isHeld = false;
  };
}

/** Whether the settings are recording a key right now. */
export function areShortcutsHeld(): boolean {
  return holders > 0;
}

/** Whether a key without others is a shortcut already. */
export function isLoneShortcut(code: string, codes = readPreferences().shortcuts): boolean {
  return isAlone(code) && Object.values(codes).includes(code);
}

/** The action whose keys these are, by place on the keyboard (`event.code`), or null. */
export function shortcutOf(event: Keys, codes = readPreferences().shortcuts): ShortcutAction | null {
  const { ctrlKey, metaKey, shiftKey, altKey, code } = event;
  const isBare = !ctrlKey && !metaKey && !shiftKey;
  const isWhole = isAlone(code) ? isBare : (ctrlKey || metaKey) && shiftKey;
  if (!isWhole || altKey) return null;
  return shortcutActions.find((action) => codes[action] === event.code) ?? null;
}

/** The keys as people read them: "F6", "Ctrl Shift S", on a Mac "⌘ ⇧ S". */
export function shortcutText(
  action: ShortcutAction,
  { keys }: FirstWords,
  codes = readPreferences().shortcuts,
): string {
  const key = keyText(codes[action]);
  if (isAlone(codes[action])) return key;
  return isMac() ? `⌘ ⇧ ${key}` : keys.withModifiers({ key });
}

/** The same for `aria-keyshortcuts`. */
export function shortcutAria(action: ShortcutAction, codes = readPreferences().shortcuts): string {
  const key = keyText(codes[action]);
  return isAlone(codes[action]) ? key : `${isMac() ? 'Meta' : 'Control'}+Shift+${key}`;
}

function keyText(code: string): string {
  return code.replace(/^(Key|Digit)/, '');
}

function isMac(): boolean {
  return /mac|iphone|ipad/i.test(globalThis.navigator?.platform ?? '');
}
