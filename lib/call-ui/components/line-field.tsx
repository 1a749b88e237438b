'use client';
import { type Ref, useId } from 'react';
import type { StartCallSheetProps } from '../slots';
import { useWords } from '../words/use-words';
import { classNames } from './class-names';
import field from './field.module.css';
import style from './line-field.module.css';

type LineFieldProps = Pick<StartCallSheetProps, 'line' | 'setLine' | 'charactersOver' | 'joinProps'> & {
  ref: Ref<HTMLInputElement>;
};

/** What the call is about; Enter calls. Renders nothing where a line has no place to go. */
export function LineField({ line = '', setLine, charactersOver = 0, joinProps, ref }: LineFieldProps) {
  const overId = useId();
  const { sheet } = useWords();
  if (!setLine) return null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!joinProps.disabled) joinProps.onClick();
      }}
    >
      <label className={style.label}>
        {sheet.about} <small>{sheet.optional}</small>
        <input
          ref={ref}
          className={classNames(field.field, style.line)}
          value={line}
          dir="auto"
          autoComplete="off"
          enterKeyHint="go"
          aria-invalid={charactersOver > 0 || undefined}
          aria-describedby={charactersOver > 0 ? overId : undefined}
          onChange={(event) => setLine(event.target.value)}
        />
      </label>
      <p id={overId} role="status" className={style.over}>
        {charactersOver > 0 ? <span>{sheet.tooLong({ count: charactersOver })}</span> : null}
      </p>
    </form>
  );
}
