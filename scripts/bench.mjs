/**
 * `npm run bench [-- NAME…]`: measures Parley beside the least that does the same, in one run on this machine, and
 * prints a line for each measurement; `--pairs N` sets how many pairs are measured, 30 by default.
 */
import { parseArgs } from 'node:util';
import { continueOnPinnedNode } from './pinned-node.mjs';
import { runScript, StartError } from './progress.mjs';

/** How each is called, what it is compared to and what is aimed at; its module is loaded when it runs. */
const measurements = {
  accept: {
    title: 'Accept → the caller is heard',
    floor: 'a page with LiveKit’s client only',
    target: 1.15,
    unit: 'ms',
    load: async () => (await import('./bench/accept.mjs')).measureAccept,
  },
  'first-load': {
    title: 'First load of a conversation, gzip',
    floor: 'an empty Next app',
    target: 1.5,
    unit: 'B',
    load: async () => (await import('./bench/first-load.mjs')).measureFirstLoad,
  },
};

await runScript(async () => {
  await continueOnPinnedNode();
  const { values, positionals } = parseArgs({
    options: { pairs: { type: 'string', default: '30' } },
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
  const { printResult } = await import('./bench/report.mjs');
  for (const name of names) {
    const { load, ...words } = measurements[/** @type {keyof typeof measurements} */ (name)];
    const measure = await load();
    printResult(words, await measure(count));
  }
});
