/**
 * `npm run test:faults`: every case of FAULTS.md, with real processes that are killed, stopped and
 * starved, and the journeys once more without webhooks (case 4). Prints a table: case, bound,
 * measured, pass. `--quick` kills 20 times instead of 100 and makes 2,000 calls instead of 20,000;
 * `--only 7,8` runs just these cases.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { installDependencies } from './install.mjs';
import { pinnedNode } from './paths.mjs';
import { runScript, took } from './progress.mjs';
import { runCommand } from './run-command.mjs';

/** @typedef {{ number: number, title: string, isPassed: boolean }} Case */
/** @typedef {{ number: number, what: string, bound: number, measured: number, unit: string, isMet: boolean }} Measured */

const { values } = parseArgs({ options: { quick: { type: 'boolean' }, only: { type: 'string' } } });
const only = values.only?.split(',').map(Number);
const work = mkdtempSync(join(tmpdir(), 'parley-faults-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));
const table = join(work, 'measured.jsonl');

async function main() {
  const startedAt = Date.now();
  await installDependencies();
  const { findChromium } = await import('./browser.mjs');
  const { buildApp } = await import('./build.mjs');
  const { findLivekitBinary } = await import('./livekit-binary.mjs');
  const { readSettings } = await import('./settings.mjs');
  const { distDir, cacheDir } = readSettings({ ...process.env, PARLEY_URL: '' });
  await buildApp({ distDir, env: process.env });
  writeFileSync(table, '');
  /** @type {NodeJS.ProcessEnv} */
  const env = {
    ...process.env,
    FAULTS_TABLE: table,
    FAULT_KILLS: values.quick ? '20' : '100',
    FAULT_CALLS: values.quick ? '2000' : '20000',
    LIVEKIT_SERVER_BIN: await findLivekitBinary({ cacheDir, env: process.env }),
    CHROMIUM: await findChromium(),
  };
  const cases = [
    ...(await vitestCases('node', env)),
    ...(await vitestCases('faults', env)),
    ...(await vitestCases('faults-long', env)),
    ...(await playwrightCases('faults', env)),
    ...(only && !only.includes(4) ? [] : await playwrightCases('without-webhooks', env)),
  ];
  const failed = printTable(cases);
  console.log(`\n${took(startedAt)} in all`);
  console.log(`${cases.length - failed} passed, ${failed} failed`);
  process.exit(failed > 0 || cases.length === 0 ? 1 : 0);
}

/** The files of the chosen cases, as vitest and Playwright filter them. */
function files() {
  return only ? only.map((number) => `tests/faults/${String(number).padStart(2, '0')}-`) : ['tests/faults/'];
}

/** @returns {Promise<Case[]>} */
async function vitestCases(/** @type {string} */ project, /** @type {NodeJS.ProcessEnv} */ env) {
  const report = join(work, `${project}.json`);
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
      ...files(),
    ],
    { env },
  );
  if (!existsSync(report)) return [{ number: 0, title: `${project} did not run`, isPassed: code === 0 }];
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
  return testResults.flatMap(
    (
      /** @type {{ name: string, status: string, assertionResults: { fullName: string, status: string }[] }} */ file,
    ) => {
      const number = Number.parseInt(basename(file.name), 10);
      if (file.assertionResults.length === 0)
        return [{ number, title: `${basename(file.name)} could not be run`, isPassed: false }];
      return file.assertionResults.map((test) => ({
        number,
        title: test.fullName,
        isPassed: test.status === 'passed',
      }));
    },
  );
}

/** @returns {Promise<Case[]>} */
async function playwrightCases(/** @type {string} */ project, /** @type {NodeJS.ProcessEnv} */ env) {
  const report = join(work, `${project}.json`);
  const { code } = await runCommand(
    pinnedNode,
    [
      'node_modules/@playwright/test/cli.js',
      'test',
      `--project=${project}`,
      '--pass-with-no-tests',
      '--reporter=list,json',
      ...(project === 'faults' && only ? files() : []),
    ],
    { env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report } },
  );
  if (!existsSync(report)) return [{ number: 0, title: `${project} did not run`, isPassed: code === 0 }];
  /** @typedef {{ file: string, specs: { title: string, ok: boolean, file: string }[], suites?: Suite[] }} Suite */
  const specsOf = (/** @type {Suite} */ suite) => [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)];
  const { suites, errors } = JSON.parse(readFileSync(report, 'utf8'));
  const cases = suites
    .flatMap(specsOf)
    .map((/** @type {{ title: string, ok: boolean, file: string }} */ spec) => ({
      number: project === 'faults' ? Number.parseInt(basename(spec.file), 10) : 4,
      title: spec.title,
      isPassed: spec.ok,
    }));
  return errors.length > 0
    ? [...cases, { number: 4, title: `${project}: ${errors[0].message}`, isPassed: false }]
    : cases;
}

/** @returns {number} how many failed */
function printTable(/** @type {Case[]} */ cases) {
  /** @type {Measured[]} */
  const measured = readFileSync(table, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const numbers = [...new Set(cases.map((one) => one.number))].sort((a, b) => a - b);
  console.log(`\n${'case'.padStart(4)}  ${'bound'.padStart(10)}  ${'measured'.padStart(10)}  pass`);
  for (const number of numbers) {
    for (const { title, isPassed } of cases.filter((one) => one.number === number))
      console.log(
        `${String(number).padStart(4)}  ${''.padStart(22)}  ${isPassed ? 'yes ' : 'NO  '}  ${title}`,
      );
    const own = measured.filter((one) => one.number === number);
    for (const what of new Set(own.map((one) => one.what))) {
      const all = own.filter((one) => one.what === what);
      const worst = all.reduce((a, b) => (b.measured / b.bound > a.measured / a.bound ? b : a));
      const times = all.length > 1 ? ` (worst of ${all.length})` : '';
      console.log(
        `      ${`${worst.bound} ${worst.unit}`.padStart(10)}  ${`${worst.measured} ${worst.unit}`.padStart(10)}  ${worst.isMet ? 'yes ' : 'NO  '}    ${what}${times}`,
      );
    }
  }
  return cases.filter((one) => !one.isPassed).length;
}

await runScript(main);
