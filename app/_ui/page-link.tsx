'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import type { ComponentProps } from 'react';
import { goOnPage, staysOnPage } from './go';

/**
 * A link to one of Parley's pages. Its page is fetched when the pointer comes to it. Next's own way, as soon as a
 * link is seen, costs the server a request for each row of each list on every page that opens.
 */
export function PageLink({
  href,
  ...rest
}: Omit<ComponentProps<typeof Link>, 'href' | 'prefetch' | 'onNavigate' | 'onPointerEnter'> & {
  href: string;
}) {
  const router = useRouter();
  return (
    <Link
      {...rest}
      href={href}
      prefetch={false}
      onPointerEnter={() => {
        if (!staysOnPage(href)) router.prefetch(href);
      }}
      onNavigate={(event) => {
        if (!staysOnPage(href)) return;
        event.preventDefault();
        goOnPage(href);
      }}
    />
  );
}
