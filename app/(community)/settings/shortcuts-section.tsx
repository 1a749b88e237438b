'use client';

import { useEffect, useState } from 'react';
import { type ShortcutAction, useCallPreferences, useShortcuts } from '@/lib/call-ui';
import { Section } from './line';
import css from './settings.module.css';

/** The keys for calls, each changeable: Ctrl (⌘) and Shift stay, the last key is chosen. */
export function ShortcutsSection() {
  const shortcuts = useShortcuts();
  const { preferences, change } = useCallPreferences();
  const [listening, setListening] = useState<ShortcutAction | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    if (!listening) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Tab') return setListening(null);
      event.preventDefault();
      event.stopImmediatePropagation();
      if (event.key === 'Escape') return setListening(null);
      if (!/^(Key[A-Z]|Digit\d|F\d{1,2})$/.test(event.code)) return;
      const taken = shortcuts.find(
        ({ action }) => action !== listening && preferences.shortcuts[action] === event.code,
      );
      if (taken) return setProblem(`That key is already used for “${taken.label}”.`);
      setProblem(null);
      change({ shortcuts: { ...preferences.shortcuts, [listening]: event.code } });
      setListening(null);
    };
    addEventListener('keydown', onKey, { capture: true });
    return () => removeEventListener('keydown', onKey, { capture: true });
  }, [listening, shortcuts, preferences, change]);

  return (
    <Section id="shortcuts" title="Shortcuts">
      {shortcuts.map(({ action, label, keys }) => (
        <div className={css.line} key={action}>
          <span className={css.text}>
            <span className={css.name}>{label}</span>
            {listening === action && problem && (
              <small className={css.detail} role="alert">
                {problem}
              </small>
            )}
          </span>
          <button
            type="button"
            className={css.key}
            aria-label={`Change the keys for “${label}”, now ${keys}`}
            title="Change"
            onClick={() => {
              setProblem(null);
              setListening(listening === action ? null : action);
            }}
          >
            {listening === action ? (
              <span className={css.listening}>Press a letter, a digit or an F key</span>
            ) : (
              keys.split(/[\s+]+/).map((key) => <kbd key={key}>{key}</kbd>)
            )}
          </button>
        </div>
      ))}
    </Section>
  );
}
