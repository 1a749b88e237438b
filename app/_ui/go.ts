'use client';

import { usePathname, useRouter } from 'next/navigation';
import { useCallback } from 'react';

const conversations = '/messages';
const isOfConversations = (path: string) => path === conversations || path.startsWith(`${conversations}/`);

/**
 * Whether the way to `href` stays on the page that shows every conversation. Next notices a new address by a
 * `pushState` of its own, which it sets after the page has hydrated: what is pressed before goes the way of Next.
 */
export const staysOnPage = (href: string): boolean =>
  Object.hasOwn(history, 'pushState') && isOfConversations(location.pathname) && isOfConversations(href);

/** Opens another conversation, or the list, without a request: the page reads from its address which one it shows. */
export const goOnPage = (href: string): void => history.pushState(null, '', href);

/** As `goOnPage`, in the place of the entry that the way back would lead to. */
export const replaceOnPage = (href: string): void => history.replaceState(null, '', href);

/** @returns what goes to one of Parley's pages; between conversations it asks the server for nothing */
export function useGo(): (href: string) => void {
  const router = useRouter();
  return useCallback((href) => (staysOnPage(href) ? goOnPage(href) : router.push(href)), [router]);
}

/** The address of a conversation. */
export const conversationHref = (conversationId: string): string => `${conversations}/${conversationId}`;

/**
 * The conversation that a path names: all that follows, so that a longer one names none that there is.
 *
 * @returns null for any other page, and for the list
 */
export const conversationIdIn = (path: string): string | null =>
  path.startsWith(`${conversations}/`) ? path.slice(conversations.length + 1) || null : null;

/** The conversation that the address names; null on any other page, and on the list. */
export const useOpenConversationId = (): string | null => conversationIdIn(usePathname());
