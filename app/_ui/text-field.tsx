import { type ComponentProps, type ReactNode, useId } from 'react';
import { charactersOver, TooLong } from './too-long';
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
  /** The most characters the server takes. Longer text is kept and marked; the form must not be sent. */
  limit?: number;
};

type Own<Element extends 'input' | 'textarea'> = Given &
  Omit<ComponentProps<Element>, keyof Given | 'id' | 'className' | 'dir' | 'maxLength' | 'onChange'>;

/** A line of text with its label over it; everything else an input takes goes to the input. */
export function TextField({ label, note, help, onText, limit, ...input }: Own<'input'>) {
  const id = useId();
  return (
    <Labelled {...{ id, label, note, help, limit }} text={input.value}>
      <input
        {...input}
        {...stateOf(id, input.value, { help, limit })}
        className={ui.input}
        id={id}
        dir="auto"
        onChange={(event) => onText(event.target.value)}
      />
    </Labelled>
  );
}

/** Several lines of text with their label over them. */
export function TextArea({ label, note, help, onText, limit, ...area }: Own<'textarea'>) {
  const id = useId();
  return (
    <Labelled {...{ id, label, note, help, limit }} text={area.value}>
      <textarea
        {...area}
        {...stateOf(id, area.value, { help, limit })}
        className={ui.input}
        id={id}
        dir="auto"
        onChange={(event) => onText(event.target.value)}
      />
    </Labelled>
  );
}

type Limits = { help: string | undefined; limit: number | undefined };

/** What assistive technology reads of the field, besides its name. */
function stateOf(id: string, text: string, { help, limit }: Limits) {
  const isTooLong = limit !== undefined && charactersOver(text, limit) > 0;
  const describedBy = [help && `${id}-help`, isTooLong && `${id}-over`].filter(Boolean).join(' ');
  return {
    'aria-describedby': describedBy || undefined,
    'aria-invalid': isTooLong || undefined,
  };
}

function Labelled({
  id,
  label,
  note,
  help,
  limit,
  text,
  children,
}: Limits & {
  id: string;
  label: string;
  note: string | undefined;
  text: string;
  children: ReactNode;
}) {
  return (
    <div className={ui.field}>
      <div className={ui.label}>
        <label htmlFor={id}>{label}</label>
        {note && <em>{note}</em>}
      </div>
      {children}
      {limit !== undefined && <TooLong id={`${id}-over`} text={text} limit={limit} />}
      {help && (
        <p className={ui.help} id={`${id}-help`}>
          {help}
        </p>
      )}
    </div>
  );
}
