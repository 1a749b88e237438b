import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from './build.mjs';
import { freeLivekitPorts } from './free-ports.mjs';
import { runLivekit } from './livekit-server.mjs';
import { memoryDisk } from './memory-disk.mjs';
import { nextCli, pinnedNode } from './paths.mjs';
import { findPostgres } from './postgres-server.mjs';
import { runCommand } from './run-command.mjs';
import { schemaDrift } from './schema-drift.mjs';
import { readSecrets } from './secrets.mjs';
import { howToGet, provideProgram } from './server-programs.mjs';
import { readSettings } from './settings.mjs';
import { countPlaywright, countVitest } from './test-report.mjs';

/** @typedef {import('./test-report.mjs').Count} Count */
/** @typedef {{ name: string, run: () => Promise<boolean | Count | string> }} Part a check returns true or false, tests return counts, what can't run here why */

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

/**
 * One file of each part, as `--smoke` runs it. Together they load every native package, start both browsers,
 * LiveKit and the app.
 */
const smokeFiles = {
  unit: ['tests/db/store.test.ts', 'tests/call-ui-components/ringing.test.tsx'],
  postgres: ['tests/db/store.test.ts'],
  model: ['tests/model/first-half.test.ts'],
  packages: ['tests/packages/packages.test.ts'],
  redis: ['tests/redis/redis.test.ts'],
  media: ['tests/media/real-media-server.test.ts'],
  faults: ['tests/faults/10-glare.app.test.ts'],
  journeys: ['sign-in.spec.ts'],
  timed: ['firefox.spec.ts'],
};

/**
 * @param {boolean} isSmoke
 * @returns {Part[]}
 */
export const unitParts = (isSmoke) => {
  const files = isSmoke ? smokeFiles.unit : [];
  return [{ name: 'unit tests', run: () => vitest(['node', 'jsdom'], files) }];
};

/**
 * @param {boolean} isSmoke
 * @param {NodeJS.ProcessEnv} env what `provideTestNeeds` found
 * @returns {Part[][]} the parts of an inner list run at the same time
 */
export const slowParts = (isSmoke, env) => {
  const filesOf = (/** @type {keyof typeof smokeFiles} */ part) => (isSmoke ? smokeFiles[part] : []);
  return [
    [{ name: 'tests on PostgreSQL', run: () => postgresTests(filesOf('postgres'), env) }],
    [
      {
        name: 'model',
        // New sequences in every run; `npm run test:model` runs 5,000.
        run: () => vitest(['model'], filesOf('model'), { ...env, MODEL_RUNS: isSmoke ? '100' : '1000' }),
      },
      {
        name: 'build',
        run: () =>
          buildApp({
            distDir: readSettings({ ...process.env, PARLEY_URL: '' }).distDir,
            env: process.env,
          }).then(() => true),
      },
      { name: 'packages', run: () => vitest(['packages'], filesOf('packages')) },
    ],
    [{ name: 'several servers', run: () => redisTests(filesOf('redis'), env) }],
    [{ name: 'media tests', run: () => mediaTests(filesOf('media'), env) }],
    // The quick cases of docs/cases.md against one running app; the others: npm run test:faults.
    [{ name: 'faults', run: () => vitest(['faults'], filesOf('faults'), env) }],
    [{ name: 'journeys', run: () => journeys('journeys', filesOf('journeys'), env) }],
    [{ name: 'timed journeys', run: () => journeys('timed-journeys', filesOf('timed'), env) }],
  ];
};

/** @returns {Promise<Count>} */
async function vitest(
  /** @type {string[]} */ projects,
  /** @type {string[]} */ files,
  /** @type {NodeJS.ProcessEnv} */ env = process.env,
) {
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
      ...files,
    ],
    { env: { ...env, ...memoryDisk() } },
  );
  return countVitest(report, code);
}

/** The same unit tests on the other database. The run starts a server of its own, unless DATABASE_URL names one. */
async function postgresTests(/** @type {string[]} */ files, /** @type {NodeJS.ProcessEnv} */ env) {
  if (!env.DATABASE_URL && !(await findPostgres()))
    return 'PostgreSQL is not here; install it (Debian: apt-get install postgresql), or set DATABASE_URL';
  return vitest(['postgres'], files, env);
}

/** Two servers of one community, and a Redis server that the run starts. */
async function redisTests(/** @type {string[]} */ files, /** @type {NodeJS.ProcessEnv} */ env) {
  if (!(await provideProgram('Redis', env))) return howToGet('Redis');
  return vitest(['redis'], files, env);
}

/** The media contract runs against a LiveKit server of its own. */
async function mediaTests(/** @type {string[]} */ files, /** @type {NodeJS.ProcessEnv} */ env) {
  const binary = env.LIVEKIT_SERVER_BIN ?? '';
  const port = await freeLivekitPorts(7960);
  const dataDir = join(work, 'media');
  const { livekitKey: key, livekitSecret: secret } = readSecrets(dataDir);
  // No process listens there unless a test does.
  const webhookUrl = `http://127.0.0.1:${port + 3}/webhook`;
  const livekit = await runLivekit({ binary, dataDir, port, key, secret, webhookUrl });
  try {
    return await vitest(['media'], files, {
      ...env,
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
async function journeys(
  /** @type {string} */ project,
  /** @type {string[]} */ files,
  /** @type {NodeJS.ProcessEnv} */ env,
) {
  const report = join(work, `${project}.json`);
  const { code } = await runCommand(
    pinnedNode,
    ['node_modules/@playwright/test/cli.js', 'test', '--project', project, '--reporter=list,json', ...files],
    { env: { ...env, ...memoryDisk(), PLAYWRIGHT_JSON_OUTPUT_NAME: report } },
  );
  return countPlaywright(report, code);
}
