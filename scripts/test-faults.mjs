/**
 * `npm run test:faults`: every case of docs/cases.md, with real processes that are killed, stopped and
 * starved, and the journeys once more without webhooks (case 4). Prints a table: case, bound,
 * measured, pass. `--only 7,8,P1` runs just these cases. FAULT_KILLS and FAULT_CALLS do less than the 100
 * kills of case 27 and the 20,000 calls of case 41, and the table says so; `--quick` is 20 and 2,000.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { labelOf, printTable, whole } from './faults-table.mjs';
import { pinnedNode } from './paths.mjs';
import { continueOnPinnedNode } from './pinned-node.mjs';
import { runScript, took } from './progress.mjs';
import { runCommand } from './run-command.mjs';

/** @typedef {import('./faults-table.mjs').Case} Case */

const { values } = parseArgs({ options: { quick: { type: 'boolean' }, only: { type: 'string' } } });
const only = values.only?.split(',').map((label) => label.padStart(2, '0'));
const isAsked = (/** @type {string} */ label) => !only || only.includes(label);
const did = {
  kills: Number(process.env.FAULT_KILLS ?? (values.quick ? 20 : whole.kills)),
  calls: Number(process.env.FAULT_CALLS ?? (values.quick ? 2000 : whole.calls)),
};
const work = mkdtempSync(join(tmpdir(), 'parley-faults-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
const table = join(work, 'measured.jsonl');

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
  writeFileSync(table, '');
  /** @type {NodeJS.ProcessEnv} */
  const env = {
    ...needs,
    FAULTS_TABLE: table,
    FAULT_KILLS: String(did.kills),
    FAULT_CALLS: String(did.calls),
  };
  const alone = ['--exclude', ...sideBySide.flatMap((label) => [`**/${label}-*`, '--exclude'])].slice(0, -1);
  const cases = [
    ...(await vitestCases('node', env, files())),
    ...(await vitestCases('faults', env, files())),
    ...(await vitestCases('faults-long', env, [...files(), ...alone])),
    ...(
      await Promise.all(
        sideBySide
          .filter(isAsked)
          .map((label) => vitestCases('faults-long', env, [`tests/faults/${label}-`], label)),
      )
    ).flat(),
    ...(await playwrightCases('faults', env, only ? files() : [])),
    ...(await journeyCases(env)),
  ];
  const failed = printTable(cases, table, did);
  console.log(`\n${took(startedAt)} in all`);
  console.log(`${cases.length - failed} passed, ${failed} failed`);
  process.exit(failed > 0 || cases.length === 0 ? 1 : 0);
}

/** The files of the chosen cases, as vitest and Playwright filter them. */
function files() {
  const fileOf = (/** @type {string} */ label) => label.replace(/^P(\d)/, 'promise-$1');
  return only ? only.map((label) => `tests/faults/${fileOf(label)}-`) : ['tests/faults/'];
}

/** Case 4 is every journey, and those that prove another case are tagged with it. @returns {Promise<Case[]>} */
async function journeyCases(/** @type {NodeJS.ProcessEnv} */ env) {
  if (isAsked('04')) return playwrightCases('without-webhooks', env, []);
  const tags = (only ?? []).map((label) => `@case-${label}\\b`).join('|');
  return playwrightCases('without-webhooks', env, ['--grep', tags]);
}

/** @returns {Promise<Case[]>} */
async function vitestCases(
  /** @type {string} */ project,
  /** @type {NodeJS.ProcessEnv} */ env,
  /** @type {string[]} */ which,
  name = project,
) {
  const report = join(work, `${name}.json`);
  const { code } = await runCommand(
    pinnedNode,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--project',
      project,
      '--no-file-parallelism',
      '--passWithNoTests',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...which,
    ],
    { env },
  );
  if (!existsSync(report)) return settled([], name, code);
  const { testResults = [] } = JSON.parse(readFileSync(report, 'utf8'));
  const cases = testResults.flatMap(
    (
      /** @type {{ name: string, status: string, assertionResults: { fullName: string, status: string }[] }} */ file,
    ) => {
      const label = labelOf(file.name);
      if (file.assertionResults.length === 0)
        return [{ label, title: `${file.name} could not be run`, isPassed: false }];
      return file.assertionResults.map((test) => ({
        label,
        title: test.fullName,
        isPassed: test.status === 'passed',
      }));
    },
  );
  return settled(cases, name, code);
}

/** A run that ended badly without a failed test (it was killed, a file could not be loaded) has failed, too. */
function settled(/** @type {Case[]} */ cases, /** @type {string} */ name, /** @type {number} */ code) {
  if (code === 0 || cases.some((one) => !one.isPassed)) return cases;
  return [...cases, { label: '–', title: `${name} ended with code ${code}`, isPassed: false }];
}

/** @returns {Promise<Case[]>} */
async function playwrightCases(
  /** @type {string} */ project,
  /** @type {NodeJS.ProcessEnv} */ env,
  /** @type {string[]} */ which,
) {
  const report = join(work, `${project}.json`);
  const { code } = await runCommand(
    pinnedNode,
    [
      'node_modules/@playwright/test/cli.js',
      'test',
      `--project=${project}`,
      '--pass-with-no-tests',
      '--reporter=list,json',
      ...which,
    ],
    { env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report } },
  );
  if (!existsSync(report)) return settled([], project, code);
  /** @typedef {{ title: string, ok: boolean, file: string, tags: string[] }} Spec */
  /** @typedef {{ file: string, specs: Spec[], suites?: Suite[] }} Suite */
  const specsOf = (/** @type {Suite} */ suite) => [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)];
  const { suites = [] } = JSON.parse(readFileSync(report, 'utf8'));
  const isJourney = project === 'without-webhooks';
  const cases = suites.flatMap(specsOf).flatMap((/** @type {Spec} */ spec) => {
    const own = spec.tags
      .map((tag) => /^@?case-(\d+)$/.exec(tag)?.[1])
      .filter((label) => label !== undefined);
    const labels = isJourney ? [...(isAsked('04') ? ['04'] : []), ...own] : [labelOf(spec.file)];
    return labels.map((label) => ({ label, title: spec.title, isPassed: spec.ok }));
  });
  return settled(cases, project, code);
}

await runScript(main);
