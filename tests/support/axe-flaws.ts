import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
type WithAxe = typeof globalThis & { axe: { run(options: RunOptions): Promise<AxeResults> } };

/** What axe finds serious or critical on the page as it is, contrast included. */
export async function axeFlaws(page: Page): Promise<string[]> {
  // Not as a script of the page, which the app's policy refuses.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(`${axeSource};undefined`);
  const violations = await page.evaluate(async () => {
    const results = await (globalThis as WithAxe).axe.run({ resultTypes: ['violations'] });
    return results.violations.map(({ id, impact, nodes }) => ({
      ...{ id, impact },
      places: nodes.map(({ html, any }) => `${html.slice(0, 120)} ${any[0]?.message ?? ''}`),
    }));
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, places }) => places.map((place) => `${id}: ${place}`));
}
