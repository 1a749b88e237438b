import type { ReactNode } from 'react';
import { messagesOf } from '@/languages/catalogues';
import type { Section } from '@/languages/translator';
import { readLanguage } from './read-language';
import { TextProvider } from './text-provider';

/**
 * Sends sections of the reader's catalogue to the client components inside, beside those that layouts further out
 * have sent. A page is sent what its screens need, in one language.
 */
export async function Texts({ of: sections, children }: { of: readonly Section[]; children: ReactNode }) {
  const { catalogue, locale, choice } = await readLanguage();
  return (
    <TextProvider locale={locale} choice={choice} messages={messagesOf(catalogue, sections)}>
      {children}
    </TextProvider>
  );
}
