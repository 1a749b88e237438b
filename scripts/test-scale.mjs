/**
 * `npm run test:scale`: journeys and cases of docs/cases.md against what docs/scale.md describes, all on this machine:
 * two Parley servers, two LiveKit nodes, PostgreSQL, Redis and Caddy, as processes of the run. Prints a table as
 * `npm run test:faults` does. `--only 54,57` runs just these cases and `--only journeys` just the journeys. FAULT_PAIRS
 * does less than the 1,000 pairs of case 57, and the table says so; `--quick` is 100.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { filesOf, measuredFile, playwrightCases, vitestCases } from './case-runs.mjs';
import { printTable, whole } from './faults-table.mjs';
import { continueOnPinnedNode } from './pinned-node.mjs';
import { runScript, StartError, took } from './progress.mjs';

const { values } = parseArgs({ options: { quick: { type: 'boolean' }, only: { type: 'string' } } });
const asked = values.only?.split(',');
const only = asked?.filter((label) => label !== 'journeys');
const pairs = Number(process.env.FAULT_PAIRS ?? (values.quick ? 100 : whole.pairs));

async function main() {
  const startedAt = Date.now();
  await continueOnPinnedNode();
  const { buildApp } = await import('./build.mjs');
  const { readSettings } = await import('./settings.mjs');
  const { provideTestNeeds } = await import('./test-needs.mjs');
  const needs = await provideTestNeeds({ withFirefox: false });
  await provideServers();
  await buildApp({ distDir: readSettings({ ...process.env, PARLEY_URL: '' }).distDir, env: process.env });
  writeFileSync(measuredFile, '');
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...needs, FAULTS_TABLE: measuredFile, FAULT_PAIRS: String(pairs) };
  const hasJourneys = !asked || asked.includes('journeys');
  const hasCases = !only || only.length > 0;
  const cases = [
    ...(hasJourneys ? await playwrightCases('scale', env, [], () => ['–']) : []),
    ...(hasCases ? await vitestCases('faults-scale', env, filesOf(only)) : []),
    ...(hasCases ? await playwrightCases('scale-faults', env, only ? filesOf(only) : []) : []),
  ];
  const failed = printTable(cases, measuredFile, { pairs });
  console.log(`\n${took(startedAt)} in all`);
  console.log(`${cases.length - failed} passed, ${failed} failed`);
  process.exit(failed > 0 || cases.length === 0 ? 1 : 0);
}

/** Before the build, which takes longer. */
async function provideServers() {
  const { findPostgres } = await import('./postgres-server.mjs');
  const { howToGet, provideProgram } = await import('./server-programs.mjs');
  if (!(await findPostgres()))
    throw new StartError('PostgreSQL is not here; install it (Debian: apt-get install postgresql)');
  for (const name of /** @type {const} */ (['Redis', 'Caddy']))
    if (!(await provideProgram(name, process.env))) throw new StartError(howToGet(name));
}

await runScript(main);
