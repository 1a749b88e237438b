import { render } from '@testing-library/react';
import { AppRouterContext } from 'next/dist/shared/lib/app-router-context.shared-runtime';
import type { ComponentProps, ReactElement, ReactNode } from 'react';
import { TextProvider } from '@/app/_language/text-provider';
import { catalogues, messagesOf } from '@/languages/catalogues';
import type { Section } from '@/languages/translator';
import { renderKit } from '../call-ui/support/kit';

/** Goes nowhere. */
const router: NonNullable<ComponentProps<typeof AppRouterContext>['value']> = {
  back() {},
  forward() {},
  refresh() {},
  push() {},
  replace() {},
  prefetch() {},
  bfcacheId: '',
};

/** Gives a part of the app its English words, as the layouts do, and a router. */
export function InEnglish({ children }: { children: ReactNode }) {
  const sections = Object.keys(catalogues.en) as Section[];
  return (
    <AppRouterContext value={router}>
      <TextProvider locale="en-GB" choice={null} messages={messagesOf(catalogues.en, sections)}>
        {children}
      </TextProvider>
    </AppRouterContext>
  );
}

/** Renders a part of the app with its English words. */
export const renderInEnglish = (part: ReactElement) => render(part, { wrapper: InEnglish });

/** The same inside a call provider of `renderKit`. */
export const renderKitInEnglish = (part: ReactElement, options?: Parameters<typeof renderKit>[1]) =>
  renderKit(<InEnglish>{part}</InEnglish>, options);
