'use client';

import { Switch } from '@base-ui/react/switch';
import css from './toggle.module.css';

/** On or off. `labelledBy` is the id of the words beside it. */
export function Toggle({
  isOn,
  onChange,
  labelledBy,
  describedBy,
}: {
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  labelledBy: string;
  describedBy?: string;
}) {
  return (
    <Switch.Root
      className={css.switch}
      checked={isOn}
      onCheckedChange={(next) => onChange(next)}
      aria-labelledby={labelledBy}
      aria-describedby={describedBy}
    >
      <Switch.Thumb className={css.thumb} />
    </Switch.Root>
  );
}
