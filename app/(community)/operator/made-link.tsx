'use client';

import { useRef, useState } from 'react';
import { useText } from '../../_language/text-provider';
import { Button } from '../../_ui/button';
import ui from '../../_ui/ui.module.css';
import css from './operator.module.css';

/** Shows a new link's address, which cannot be shown again. */
export function MadeLink({ label, path }: { label: string; path: string }) {
  const t = useText();
  const [isCopied, setCopied] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const address = `${location.origin}${path}`;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(address);
      setCopied(true);
    } catch {
      // Plain http and refused permission have no clipboard API: select the text for Ctrl-C.
      setCopied(false);
      field.current?.focus();
    }
  };
  return (
    <div className={css.made} role="status">
      <span>{t('operator.copyNow')}</span>
      <span className={css.address}>
        <input
          ref={field}
          className={ui.input}
          aria-label={label}
          readOnly
          value={address}
          onFocus={(event) => event.target.select()}
        />
        <Button size="lg" tone="primary" onClick={() => void copy()}>
          {t(isCopied ? 'operator.copied' : 'operator.copy')}
        </Button>
      </span>
    </div>
  );
}
