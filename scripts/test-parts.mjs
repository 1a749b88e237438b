import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowsers } from './browser.mjs';
import { buildApp } from './build.mjs';
import { freeLivekitPorts } from './free-ports.mjs';
import { findLivekitBinary } from './livekit-binary.mjs';
import { runLivekit } from './livekit-server.mjs';
import { nextCli, pinnedNode } from './paths.mjs';
import { runCommand } from './run-command.mjs';
import { schemaDrift } from './schema-drift.mjs';
import { readSecrets } from './secrets.mjs';
import { readSettings } from './settings.mjs';
import { countPlaywright, countVitest } from './test-report.mjs';

/** @typedef {import('./test-report.mjs').Count} Count */
/** @typedef {{ name: string, run: () => Promise<boolean | Count> }} Part a check answers true or false, tests answer counts */

/** Reports go here, and data of servers that tests start. */
const work = mkdtempSync(join(tmpdir(), 'parley-test-'));
process.on('exit', () => rmSync(work, { recursive: true, force: true }));

const tool = async (/** @type {string[]} */ ...args) => (await runCommand(pinnedNode, args)).code === 0;

/** @type {Part[]} */
export const staticParts = [
  {
    name: 'types',
    run: async () =>
      (await tool(nextCli, 'typegen')) && (await tool('node_modules/typescript/bin/tsc', '--noEmit')),
  },
  {
    name: 'lint',
    run: () => tool('node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'),
  },
  { name: 'unused code', run: () => tool('node_modules/knip/bin/knip.js') },
  {
    name: 'schema drift',
    run: async () => {
      const drift = await schemaDrift();
      if (drift) console.error(drift);
      return drift === undefined;
    },
  },
];

/** @type {Part[]} */
export const unitParts = [{ name: 'unit tests', run: () => vitest(['node', 'jsdom']) }];

/** @type {Part[]} */
export const slowParts = [
  { name: 'model', run: () => vitest(['model']) },
  { name: 'media tests', run: mediaTests },
  {
    name: 'build',
    run: () =>
      buildApp({ distDir: readSettings({ ...process.env, PARLEY_URL: '' }).distDir, env: process.env }).then(
        () => true,
      ),
  },
  // The quick cases of FAULTS.md against one running app; the others: npm run test:faults.
  {
    name: 'faults',
    run: async () => vitest(['faults'], { ...process.env, LIVEKIT_SERVER_BIN: await livekitBinary() }),
  },
  { name: 'journeys', run: () => journeys('journeys') },
  { name: 'timed journeys', run: () => journeys('timed-journeys') },
];

/** @returns {Promise<Count>} */
async function vitest(/** @type {string[]} */ projects, /** @type {NodeJS.ProcessEnv} */ env = process.env) {
  const report = join(work, `${projects.join('-')}.json`);
  const { code } = await runCommand(
    pinnedNode,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      ...projects.flatMap((project) => ['--project', project]),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    { env },
  );
  return countVitest(report, code);
}

/** A program that tests can start LiveKit with, whatever data folder they use. */
function livekitBinary() {
  return findLivekitBinary({
    cacheDir: readSettings({ ...process.env, PARLEY_URL: '' }).cacheDir,
    env: process.env,
  });
}

/** The media contract runs against a LiveKit server of its own. */
async function mediaTests() {
  const binary = await livekitBinary();
  const port = await freeLivekitPorts(7960);
  const dataDir = join(work, 'media');
  const { livekitKey: key, livekitSecret: secret } = readSecrets(dataDir);
  // Nobody listens there unless a test does.
  const webhookUrl = `http://127.0.0.1:${port + 3}/webhook`;
  const livekit = await runLivekit({ binary, dataDir, port, key, secret, webhookUrl });
  try {
    return await vitest(['media'], {
      ...process.env,
      LIVEKIT_SERVER_BIN: binary,
      LIVEKIT_URL: `ws://127.0.0.1:${port}`,
      LIVEKIT_API_KEY: key,
      LIVEKIT_API_SECRET: secret,
      LIVEKIT_WEBHOOK_URL: webhookUrl,
    });
  } finally {
    await livekit.stop();
  }
}

/** The journeys start the app themselves, each kind with its own settings (tests/support). */
async function journeys(/** @type {string} */ project) {
  const report = join(work, `${project}.json`);
  const { code } = await runCommand(
    pinnedNode,
    ['node_modules/@playwright/test/cli.js', 'test', '--project', project, '--reporter=list,json'],
    {
      env: {
        ...process.env,
        LIVEKIT_SERVER_BIN: await livekitBinary(),
        ...(await findBrowsers()),
        PLAYWRIGHT_JSON_OUTPUT_NAME: report,
      },
    },
  );
  return countPlaywright(report, code);
}
