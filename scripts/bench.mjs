/**
 * `npm run bench [-- NAME…]`: measures Parley beside the least that does the same, in one run on this machine, and
 * prints what it found; `--pairs N` sets how many pairs are measured, 30 by default, and `--keep` writes the results to
 * docs/performance.md.
 */
import { parseArgs } from 'node:util';
import { measurements } from './bench/measurements.mjs';
import { continueOnPinnedNode } from './pinned-node.mjs';
import { runScript, StartError } from './progress.mjs';

await runScript(async () => {
  await continueOnPinnedNode();
  const { values, positionals } = parseArgs({
    options: { pairs: { type: 'string', default: '30' }, keep: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const count = Number(values.pairs);
  if (!Number.isInteger(count) || count < 1)
    throw new StartError('Say how many pairs as a whole number: npm run bench -- --pairs 30');
  const names = positionals.length > 0 ? positionals : Object.keys(measurements);
  const unknown = names.filter((name) => !(name in measurements));
  if (unknown.length > 0)
    throw new StartError(
      `There is no measurement ${unknown.join(', ')}, only ${Object.keys(measurements).join(', ')}.`,
    );
  const { buildApp } = await import('./build.mjs');
  const { readSettings } = await import('./settings.mjs');
  const { provideTestNeeds } = await import('./test-needs.mjs');
  // Before the browser's own modules are loaded: they look for it in the environment.
  Object.assign(process.env, await provideTestNeeds({ withFirefox: false }));
  await buildApp({ distDir: readSettings({ ...process.env, PARLEY_URL: '' }).distDir, env: process.env });
  const { lineOf, printLine } = await import('./bench/report.mjs');
  const { keepLine } = await import('./bench/performance-page.mjs');
  for (const name of names) {
    const measurement = measurements[name];
    if (!measurement) continue;
    const startedAt = new Date();
    const line = lineOf(measurement, await measurement.measure(count), startedAt);
    printLine(line);
    if (values.keep) keepLine(name, line);
  }
});
