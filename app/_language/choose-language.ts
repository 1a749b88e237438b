'use client';

import { type Language, languageCookie } from '@/languages/languages';

const yearSeconds = 365 * 86_400;

/**
 * Keeps the choice where the server reads it with the next request; null follows the browser again. Host-only, because
 * a cookie without a domain is.
 */
export function keepLanguage(choice: Language | null): void {
  const secure = location.protocol === 'https:' ? '; secure' : '';
  const maxAge = choice === null ? 0 : yearSeconds;
  // biome-ignore lint/suspicious/noDocumentCookie: Safari has the Cookie Store API since 18.4 only
  document.cookie = `${languageCookie}=${choice ?? ''}; path=/; max-age=${maxAge}; samesite=lax${secure}`;
}
