import type { CallPreferences } from './preferences';
import type { Words } from './words/ready-words';

/** What holding the key does: `talk` opens a muted microphone, `mute` mutes an open one. */
export type PushMode = CallPreferences['pushMode'];

/** Keys that type nothing: they work in a text field, too. */
const modifierLike =
  /^((Control|Alt|Shift|Meta)(Left|Right)|CapsLock|ScrollLock|Pause|Insert|ContextMenu|F\d+)$/;

/** Keys that people and browsers need for something else: out of a dialog, through the page, reload, full screen. */
const reserved = /^(Escape|Tab|Enter|NumpadEnter|F5|F11|F12)$/;

/** Whether a key can be held to talk, by its `KeyboardEvent.code`. */
export function canBePushKey(code: string): boolean {
  return code !== '' && code !== 'Unidentified' && !reserved.test(code);
}

/** Inputs that take no text. */
const pressed = new Set([
  'button',
  'checkbox',
  'color',
  'file',
  'image',
  'radio',
  'range',
  'reset',
  'submit',
]);

function isTextField(target: EventTarget | null): boolean {
  // Elements of another window are instances of that window's classes.
  if (target === null || !('tagName' in target)) return false;
  const { tagName, type, isContentEditable } = target as HTMLInputElement;
  if (tagName === 'INPUT') return !pressed.has(type);
  return tagName === 'TEXTAREA' || tagName === 'SELECT' || isContentEditable === true;
}

/** Whether this press of the push key counts: not while the person types, unless the key types nothing. */
export function isPush({ code, target }: Pick<KeyboardEvent, 'code' | 'target'>, pushKey: string): boolean {
  return code === pushKey && (modifierLike.test(code) || !isTextField(target));
}

/** Keys whose sign is the same in every language. */
const signs: Record<string, string> = {
  Backquote: '`',
  Minus: '-',
  Equal: '=',
  BracketLeft: '[',
  BracketRight: ']',
  Backslash: '\\',
  IntlBackslash: '<',
  Semicolon: ';',
  Quote: "'",
  Comma: ',',
  Period: '.',
  Slash: '/',
};

/** The key as people read it: "Right Ctrl", "V", "Space"; by its place on the keyboard, as the browser reports it. */
export function pushKeyText(code: string, { pushKey }: Words): string {
  const { cannotBe: _cannotBe, isShortcut: _isShortcut, numpad, ...names } = pushKey;
  const named = Object.entries(names).find(([name]) => name === code);
  if (named) return named[1];
  if (/^Numpad./.test(code)) return numpad({ key: code.slice(6) });
  return signs[code] ?? code.replace(/^(Key|Digit)/, '');
}
