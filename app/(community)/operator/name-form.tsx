'use client';

import { isVisible, limits } from '@parley/call-protocol';
import { type FormEvent, useState } from 'react';
import { Button, Problem } from '../../_ui/button';
import { TextField } from '../../_ui/text-field';
import { charactersOver } from '../../_ui/too-long';
import settingsCss from '../settings/settings.module.css';
import css from './operator.module.css';

/** A form with one name field. `save` returns a sentence when it fails, else null. */
export function NameForm({
  label,
  button,
  given = '',
  isEmptiedAfter = false,
  save,
}: {
  label: string;
  button: string;
  given?: string;
  /** Clears the field after saving. */
  isEmptiedAfter?: boolean;
  save: (name: string) => Promise<string | null>;
}) {
  const [name, setName] = useState(given);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const isSame = !isVisible(name) || name.trim() === given;
  const isTooLong = charactersOver(name, limits.title) > 0;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isSame || isTooLong || isBusy) return;
    setBusy(true);
    const sentence = await save(name.trim());
    setProblem(sentence);
    if (sentence === null && isEmptiedAfter) setName('');
    setBusy(false);
  };
  return (
    <form method="post" className={settingsCss.block} onSubmit={(event) => void submit(event)}>
      <div className={css.form}>
        <TextField label={label} autoComplete="off" limit={limits.title} value={name} onText={setName} />
        <Button type="submit" size="lg" isBusy={isBusy} disabled={isSame || isTooLong}>
          {button}
        </Button>
      </div>
      <Problem>{problem}</Problem>
    </form>
  );
}
