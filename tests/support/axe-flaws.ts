import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
type WithAxe = typeof globalThis & { axe: { run(options: RunOptions): Promise<AxeResults> } };

/** What axe finds serious or critical on the page as it is, contrast included. */
export async function axeFlaws(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.addScriptTag({ path: axeFile });
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
