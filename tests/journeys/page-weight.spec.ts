import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pageWeight, sum } from '../../scripts/bench/page-weight.mjs';
import { root } from '../../scripts/paths.mjs';
import { expect, test } from '../support/journey';
import { composer } from '../support/screens';

/**
 * What each page loads first, in bytes after compression: all scripts, and all styles, that its HTML names. What only a
 * call, a dialog or a ring's reply needs is loaded once the page has settled (lib/call-ui/components/call-parts.ts).
 * A page that exceeds its budget fails here; one that has become much lighter has its budget lowered.
 */
const budgets = {
  '/login': { scripts: 154_000, styles: 9_300 },
  '/register': { scripts: 177_000, styles: 9_300 },
  '/new-password': { scripts: 176_500, styles: 9_300 },
  '/messages': { scripts: 246_900, styles: 16_900 },
  '/messages/[conversationId]': { scripts: 246_900, styles: 16_900 },
  '/calls': { scripts: 245_900, styles: 16_400 },
  '/settings': { scripts: 315_200, styles: 17_000 },
  '/operator': { scripts: 321_100, styles: 16_900 },
};

/** A page may be this much lighter than its budget: what is saved for good is kept. */
const slack = 0.05;
const forVisitors = ['/login', '/register', '/new-password'];

test('no page loads more scripts and styles than its budget', async ({ app, person }) => {
  const { page } = await person('alice');
  await expect(composer(page)).toBeVisible();
  const conversation = new URL(page.url()).pathname;
  const load = (name: string) => readFile(join(resolve(root, process.env.PARLEY_DIST_DIR || '.next'), name));
  const problems: string[] = [];
  for (const [route, budget] of Object.entries(budgets)) {
    const path = route.replace('/messages/[conversationId]', conversation);
    const html = forVisitors.includes(route)
      ? await (await fetch(`${app.url}${path}`)).text()
      : await (await page.request.get(`${app.url}${path}`)).text();
    const files = await pageWeight(html, load);
    for (const [kind, end] of [
      ['scripts', '.js'],
      ['styles', '.css'],
    ] as const) {
      const own = files.filter(({ name }) => name.endsWith(end));
      const total = sum(own);
      if (total <= budget[kind] && total >= budget[kind] * (1 - slack)) continue;
      const largest = own.slice(0, 4).map(({ name, bytes }) => `${name} ${bytes}`);
      problems.push(`${route}: ${total} bytes of ${kind}, budget ${budget[kind]}; ${largest.join(', ')}`);
    }
  }
  expect(problems).toEqual([]);
});
