/**
 * `npm run test:faults`: every case of docs/cases.md, with real processes that are killed, stopped and
 * starved, and the journeys once more without webhooks (case 4). Prints a table: case, bound,
 * measured, pass. `--only 7,8,P1` runs just these cases. FAULT_KILLS and FAULT_CALLS do less than the 100
 * kills of case 27 and the 20,000 calls of case 41, and the table says so; `--quick` is 20 and 2,000.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { filesOf, measuredFile, playwrightCases, vitestCases } from './case-runs.mjs';
import { printTable, whole } from './faults-table.mjs';
import { continueOnPinnedNode } from './pinned-node.mjs';
import { runScript, took } from './progress.mjs';

/** @typedef {import('./faults-table.mjs').Case} Case */

const { values } = parseArgs({ options: { quick: { type: 'boolean' }, only: { type: 'string' } } });
const only = values.only?.split(',').map((label) => label.padStart(2, '0'));
const isAsked = (/** @type {string} */ label) => !only || only.includes(label);
const did = {
  kills: Number(process.env.FAULT_KILLS ?? (values.quick ? 20 : whole.kills)),
  calls: Number(process.env.FAULT_CALLS ?? (values.quick ? 2000 : whole.calls)),
};

/**
 * The two longest cases have bounds in counts, not in time, and one of them mostly waits for starts: they
 * run side by side. Everything else is measured, so it runs alone.
 */
const sideBySide = ['27', '41'];

async function main() {
  const startedAt = Date.now();
  await continueOnPinnedNode();
  const { buildApp } = await import('./build.mjs');
  const { readSettings } = await import('./settings.mjs');
  const { provideTestNeeds } = await import('./test-needs.mjs');
  const needs = await provideTestNeeds();
  const { distDir } = readSettings({ ...process.env, PARLEY_URL: '' });
  await buildApp({ distDir, env: process.env });
  writeFileSync(measuredFile, '');
  /** @type {NodeJS.ProcessEnv} */
  const env = {
    ...needs,
    FAULTS_TABLE: measuredFile,
    FAULT_KILLS: String(did.kills),
    FAULT_CALLS: String(did.calls),
  };
  const alone = ['--exclude', ...sideBySide.flatMap((label) => [`**/${label}-*`, '--exclude'])].slice(0, -1);
  const cases = [
    ...(await vitestCases('node', env, filesOf(only))),
    ...(await vitestCases('faults', env, filesOf(only))),
    ...(await vitestCases('faults-long', env, [...filesOf(only), ...alone])),
    ...(
      await Promise.all(
        sideBySide
          .filter(isAsked)
          .map((label) => vitestCases('faults-long', env, [`tests/faults/${label}-`], label)),
      )
    ).flat(),
    ...(await playwrightCases('faults', env, only ? filesOf(only) : [])),
    ...(await journeyCases(env)),
  ];
  const failed = printTable(cases, measuredFile, did);
  console.log(`\n${took(startedAt)} in all`);
  console.log(`${cases.length - failed} passed, ${failed} failed`);
  process.exit(failed > 0 || cases.length === 0 ? 1 : 0);
}

/** Case 4 is every journey, and those that prove another case are tagged with it. @returns {Promise<Case[]>} */
async function journeyCases(/** @type {NodeJS.ProcessEnv} */ env) {
  if (isAsked('04')) return playwrightCases('without-webhooks', env, [], labelsOf);
  const tags = (only ?? []).map((label) => `@case-${label}\\b`).join('|');
  return playwrightCases('without-webhooks', env, ['--grep', tags], labelsOf);
}

/** Of a journey: case 4, and those that it is tagged with. */
function labelsOf(/** @type {import('./case-runs.mjs').Spec} */ { tags }) {
  const own = tags.flatMap((tag) => /^@?case-(\d+)$/.exec(tag)?.[1] ?? []);
  return [...(isAsked('04') ? ['04'] : []), ...own];
}

await runScript(main);
