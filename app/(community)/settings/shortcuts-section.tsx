'use client';

import { type ShortcutState, useShortcuts } from '@parley/call-kit';
import { useState } from 'react';
import { KeyButton } from './key-button';
import { Section } from './line';
import css from './settings.module.css';

/** Lists call shortcuts. Each may change to an F key, or to a letter or digit with Ctrl (⌘) and Shift. */
export function ShortcutsSection() {
  return (
    <Section id="shortcuts" title="Shortcuts">
      {useShortcuts().map((shortcut) => (
        <Shortcut key={shortcut.action} shortcut={shortcut} />
      ))}
    </Section>
  );
}

function Shortcut({ shortcut: { label, keys, setCode, hold } }: { shortcut: ShortcutState }) {
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <div className={css.line}>
      <span className={css.text}>
        <span className={css.name}>{label}</span>
        {problem && (
          <small className={css.detail} role="alert">
            {problem}
          </small>
        )}
      </span>
      <KeyButton
        {...{ keys, setCode, hold }}
        name={label}
        prompt="Press a letter, a digit or an F key"
        onProblem={setProblem}
      />
    </div>
  );
}
