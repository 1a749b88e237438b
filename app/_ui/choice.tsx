'use client';

import { CSPProvider } from '@base-ui/react/csp-provider';
import { Select } from '@base-ui/react/select';
import { Check, ChevronDown } from 'lucide-react';
import css from './choice.module.css';
import menuCss from './menu.module.css';

export type ChoiceOption<T extends string> = { value: T; label: string; isDisabled?: boolean };

/** A choice between a few values. `labelledBy` is the id of its label's element. */
export function Choice<T extends string>({
  options,
  value,
  onChange,
  labelledBy,
  describedBy,
  isDisabled,
}: {
  options: readonly ChoiceOption<T>[];
  value: T;
  onChange: (value: T) => void;
  labelledBy: string;
  describedBy?: string;
  isDisabled?: boolean;
}) {
  const items = options.map(({ value: one, label }) => ({ value: one, label }));
  return (
    // The list would bring a style element of its own, which our pages' policy forbids.
    <CSPProvider disableStyleElements>
      <Select.Root
        items={items}
        value={value}
        disabled={isDisabled ?? false}
        modal={false}
        onValueChange={(next) => {
          const found = options.find((option) => option.value === next);
          if (found && found.value !== value) onChange(found.value);
        }}
      >
        <Select.Trigger className={css.trigger} aria-labelledby={labelledBy} aria-describedby={describedBy}>
          <Select.Value className={css.value} />
          <Select.Icon className={css.icon}>
            <ChevronDown size={18} strokeWidth={1.75} aria-hidden="true" />
          </Select.Icon>
        </Select.Trigger>
        <Select.Portal>
          <Select.Positioner
            className={menuCss.positioner}
            sideOffset={6}
            align="end"
            alignItemWithTrigger={false}
          >
            <Select.Popup className={`${menuCss.menu} ${css.popup}`}>
              {options.map((option) => (
                <Select.Item
                  key={option.value}
                  className={menuCss.item}
                  value={option.value}
                  disabled={option.isDisabled ?? false}
                >
                  <Select.ItemText className={css.word}>{option.label}</Select.ItemText>
                  <Select.ItemIndicator className={menuCss.mark}>
                    <Check size={18} strokeWidth={2} aria-hidden="true" />
                  </Select.ItemIndicator>
                </Select.Item>
              ))}
            </Select.Popup>
          </Select.Positioner>
        </Select.Portal>
      </Select.Root>
    </CSPProvider>
  );
}
