'use client';

import { Choice } from '../../_ui/choice';
import { chooseTheme, useTheme } from '../../_ui/theme';
import { Line, Section } from './line';

const choices = [
  { value: 'system', label: 'Match system' },
  { value: 'dark', label: 'Dark' },
  { value: 'light', label: 'Light' },
] as const;

export function LookSection() {
  const { choice } = useTheme();
  return (
    <Section id="look" title="Appearance">
      <Line
        name="Theme"
        control={(ids) => <Choice {...ids} options={choices} value={choice} onChange={chooseTheme} />}
      />
    </Section>
  );
}
