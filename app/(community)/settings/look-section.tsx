'use client';

import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { type Language, languages } from '@/languages/languages';
import { keepLanguage } from '../../_language/choose-language';
import { useLanguageChoice, useText } from '../../_language/text-provider';
import { Choice } from '../../_ui/choice';
import { chooseTheme, useTheme } from '../../_ui/theme';
import { Line, Section } from './line';

const themes = [
  { value: 'system', label: 'settings.matchSystem' },
  { value: 'dark', label: 'settings.dark' },
  { value: 'light', label: 'settings.light' },
] as const;
const names = Object.entries(languages).map(([value, label]) => ({ value: value as Language, label }));

/** Theme and language. */
export function LookSection() {
  const t = useText();
  const { choice } = useTheme();
  const options = themes.map(({ value, label }) => ({ value, label: t(label) }));
  return (
    <Section id="look" title={t('settings.appearance')}>
      <Line
        name={t('settings.theme')}
        control={(ids) => <Choice {...ids} options={options} value={choice} onChange={chooseTheme} />}
      />
      <Line name={t('settings.language')} control={(ids) => <LanguageChoice {...ids} />} />
    </Section>
  );
}

/** The names of languages are each in its own language, so that people find theirs in a page they can't read. */
function LanguageChoice({ labelledBy }: { labelledBy: string }) {
  const t = useText();
  const router = useRouter();
  const choice = useLanguageChoice() ?? 'browser';
  const [, startTransition] = useTransition();
  const choose = (next: Language | 'browser') => {
    keepLanguage(next === 'browser' ? null : next);
    // The server sends the layouts' words anew; a page load would end a call.
    startTransition(() => router.refresh());
  };
  return (
    <Choice
      labelledBy={labelledBy}
      options={[{ value: 'browser' as const, label: t('settings.matchBrowser') }, ...names]}
      value={choice}
      onChange={choose}
    />
  );
}
