import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { labelOf } from './faults-table.mjs';
import { pinnedNode } from './paths.mjs';
import { runCommand } from './run-command.mjs';

/** @typedef {import('./faults-table.mjs').Case} Case */
/** @typedef {{ title: string, ok: boolean, file: string, tags: string[] }} Spec */

/** Reports go here, and what `tests/support/fault-case.ts` measures. */
const work = mkdtempSync(join(tmpdir(), 'parley-faults-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
/** The file that FAULTS_TABLE names. */
export const measuredFile = join(work, 'measured.jsonl');

/** The files of these cases, as vitest and Playwright filter them; undefined: of all. */
export function filesOf(/** @type {readonly string[] | undefined} */ labels) {
  const fileOf = (/** @type {string} */ label) => label.replace(/^P(\d)/, 'promise-$1');
  return labels ? labels.map((label) => `tests/faults/${fileOf(label)}-`) : ['tests/faults/'];
}

/**
 * Runs tests of one vitest project.
 * @param {string} project
 * @param {NodeJS.ProcessEnv} env
 * @param {readonly string[]} which files, and options
 * @param {string} [name] of the run, when the project has several
 * @returns {Promise<Case[]>}
 */
export async function vitestCases(project, env, which, name = project) {
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
  /** @typedef {{ name: string, status: string, assertionResults: { fullName: string, status: string }[] }} TestFile */
  /** @type {{ testResults?: TestFile[] }} */
  const { testResults = [] } = JSON.parse(readFileSync(report, 'utf8'));
  const cases = testResults.flatMap((file) => {
    const label = labelOf(file.name);
    if (file.assertionResults.length === 0)
      return [{ label, title: `${file.name} could not be run`, isPassed: false }];
    return file.assertionResults.map((test) => ({
      label,
      title: test.fullName,
      isPassed: test.status === 'passed',
    }));
  });
  return settled(cases, name, code);
}

/**
 * Runs tests of one Playwright project.
 * @param {string} project
 * @param {NodeJS.ProcessEnv} env
 * @param {readonly string[]} which files, and options
 * @param {(spec: Spec) => string[]} [labelsOf] which cases a test proves
 * @returns {Promise<Case[]>}
 */
export async function playwrightCases(project, env, which, labelsOf = (spec) => [labelOf(spec.file)]) {
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
  /** @typedef {{ file: string, specs: Spec[], suites?: Suite[] }} Suite */
  /** @type {(suite: Suite) => Spec[]} */
  const specsOf = (suite) => [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)];
  /** @type {{ suites?: Suite[] }} */
  const { suites = [] } = JSON.parse(readFileSync(report, 'utf8'));
  const cases = suites
    .flatMap(specsOf)
    .flatMap((spec) => labelsOf(spec).map((label) => ({ label, title: spec.title, isPassed: spec.ok })));
  return settled(cases, project, code);
}

/** A run that ended badly without a failed test (it was killed, a file could not be loaded) has failed, too. */
function settled(/** @type {Case[]} */ cases, /** @type {string} */ name, /** @type {number} */ code) {
  if (code === 0 || cases.some((one) => !one.isPassed)) return cases;
  return [...cases, { label: '–', title: `${name} ended with code ${code}`, isPassed: false }];
}
