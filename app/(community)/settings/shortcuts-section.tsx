'use client';

import { type ShortcutState, useShortcuts } from '@parley/call-kit';
import { useState } from 'react';
import { useText } from '../../_language/text-provider';
import { KeyButton } from './key-button';
import { Section } from './line';
import css from './settings.module.css';

/** Lists call shortcuts. Each may change to an F key, or to a letter or digit with Ctrl (⌘) and Shift. */
export function ShortcutsSection() {
  const t = useText();
  return (
    <Section id="shortcuts" title={t('settings.shortcuts')}>
      {useShortcuts().map((shortcut) => (
        <Shortcut key={shortcut.action} shortcut={shortcut} />
      ))}
    </Section>
  );
}

function Shortcut({ shortcut: { label, keys, setCode, hold } }: { shortcut: ShortcutState }) {
  const t = useText();
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
        prompt={t('settings.pressKeys')}
        onProblem={setProblem}
      />
    </div>
  );
}
