'use client';

import { useEffect, useRef, useState } from 'react';
import { type ShortcutAction, useShortcuts } from '@/lib/call-ui';
import { Section } from './line';
import css from './settings.module.css';

/** Lists call shortcuts. Each may change to an F key, or to a letter or digit with Ctrl (⌘) and Shift. */
export function ShortcutsSection() {
  const shortcuts = useShortcuts();
  const [listening, setListening] = useState<ShortcutAction | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const cell = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    const shortcut = shortcuts.find(({ action }) => action === listening);
    if (!shortcut) return;
    // The call kit handles keys before this page does, so shortcuts are off while a new key is recorded.
    const release = shortcut.hold();
    // Losing focus cancels recording: keys typed elsewhere are not shortcuts.
    const onElsewhere = ({ target }: Event) => {
      if (!(target instanceof Node && cell.current?.contains(target))) setListening(null);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Tab') return setListening(null);
      event.preventDefault();
      event.stopImmediatePropagation();
      if (event.key === 'Escape') return setListening(null);
      if (/^(Control|Shift|Meta|Alt)/.test(event.code)) return;
      const problemNow = shortcut.setCode(event.code);
      setProblem(problemNow);
      if (problemNow === null) setListening(null);
    };
    addEventListener('keydown', onKey, { capture: true });
    addEventListener('pointerdown', onElsewhere, { capture: true });
    addEventListener('focusin', onElsewhere, { capture: true });
    return () => {
      release();
      removeEventListener('keydown', onKey, { capture: true });
      removeEventListener('pointerdown', onElsewhere, { capture: true });
      removeEventListener('focusin', onElsewhere, { capture: true });
    };
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
            ref={listening === action ? cell : undefined}
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
