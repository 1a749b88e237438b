import { CallMiniBar } from '@parley/call-kit';
import type { ReactNode } from 'react';
import { useIsNarrow } from '../../_ui/narrow';
import css from './page.module.css';

/** The title of a page with what stands beside it, and on a phone the running call beneath. */
export function PageHeader({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <>
      <header className={css.header}>
        <h1 className={css.title}>{title}</h1>
        {children}
      </header>
      <PhoneCallBar conversationId={null} />
    </>
  );
}

/**
 * A phone hides the list of conversations, and the call in it, behind every other page: there the call stands under
 * the header, far from **Send** and the tabs.
 *
 * @param conversationId the conversation that the page shows, null for another page
 */
export function PhoneCallBar({ conversationId }: { conversationId: string | null }) {
  if (!useIsNarrow()) return null;
  return (
    <div className={css.call}>
      <CallMiniBar conversationId={conversationId} />
    </div>
  );
}
