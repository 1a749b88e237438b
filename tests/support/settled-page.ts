import type { Page, Request } from '@playwright/test';

/**
 * Watches what a page asks for from now on; call it before the page is loaded.
 *
 * @returns `untilSettled` resolves once the event stream is asked for, every other request has ended, and the page has had
 *   nothing to do since. Playwright's `networkidle` does not come once the stream is open, because that never ends.
 */
export function watchRequests(page: Page): { untilSettled(): Promise<void> } {
  const open = new Set<Request>();
  let begun = 0;
  let hasStream = false;
  page.on('request', (request) => {
    begun += 1;
    if (new URL(request.url()).pathname === '/api/events') hasStream = true;
    else open.add(request);
  });
  page.on('requestfinished', (request) => open.delete(request));
  page.on('requestfailed', (request) => open.delete(request));
  return {
    async untilSettled() {
      for (let known = -1; !hasStream || open.size > 0 || known !== begun; ) {
        known = begun;
        await page.evaluate(() => new Promise<void>((resolve) => requestIdleCallback(() => resolve())));
      }
    },
  };
}
