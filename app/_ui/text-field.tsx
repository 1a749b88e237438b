import { type ComponentProps, useId } from 'react';
import ui from './ui.module.css';

type Given = {
  /** The field's accessible name. */
  label: string;
  /** A word beside the label that is not part of the name, such as "optional". */
  note?: string;
  /** What to know before typing; read out with the field. */
  help?: string;
  value: string;
  onText: (text: string) => void;
};

/** A line of text with its label over it; everything else an input takes goes to the input. */
export function TextField({
  label,
  note,
  help,
  onText,
  ...input
}: Given & Omit<ComponentProps<'input'>, keyof Given | 'id' | 'className' | 'onChange'>) {
  const id = useId();
  return (
    <div className={ui.field}>
      <div className={ui.label}>
        <label htmlFor={id}>{label}</label>
        {note && <em>{note}</em>}
      </div>
      <input
        {...input}
        className={ui.input}
        id={id}
        aria-describedby={help && `${id}-help`}
        onChange={(event) => onText(event.target.value)}
      />
      {help && (
        <p className={ui.help} id={`${id}-help`}>
          {help}
        </p>
      )}
    </div>
  );
}
