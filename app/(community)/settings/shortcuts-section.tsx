'use client';

import { useEffect, useState } from 'react';
import { type ShortcutAction, useShortcuts } from '@/lib/call-ui';
import { Section } from './line';
import css from './settings.module.css';

/** The keys for calls, each changeable: an F key alone, or a letter or digit that Ctrl (⌘) and Shift go with. */
export function ShortcutsSection() {
  const shortcuts = useShortcuts();
  const [listening, setListening] = useState<ShortcutAction | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    if (!listening) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Tab') return setListening(null);
      event.preventDefault();
      event.stopImmediatePropagation();
      if (event.key === 'Escape') return setListening(null);
      if (/^(Control|Shift|Meta|Alt)/.test(event.code)) return;
      const problemNow = shortcuts.find(({ action }) => action === listening)?.setCode(event.code) ?? null;
      setProblem(problemNow);
      if (problemNow === null) setListening(null);
    };
    addEventListener('keydown', onKey, { capture: true });
    return () => removeEventListener('keydown', onKey, { capture: true });
  }, [listening, shortcuts]);

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
