import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { sourceAliases } from './tests/support/source-aliases.ts';

const emptyModule = fileURLToPath(new URL('./tests/support/empty.ts', import.meta.url));

export default defineConfig({
  plugins: [react()],
  resolve: {
    alias: [...sourceAliases, { find: 'server-only', replacement: emptyModule }],
  },
  test: {
    // Its own choice on two cores would be one worker.
    maxWorkers: 2,
    // Against what never ends: how long a test takes says more about the machine than about the product.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    isolate: false,
    setupFiles: ['tests/support/shared-worker.ts'],
    unstubGlobals: true,
    unstubEnvs: true,
    // SQLite, but for one project: also where the shell names a server.
    env: { DATABASE_URL: '' },
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: [
            'tests/journeys/**',
            'tests/media/**',
            'tests/model/**',
            'tests/packages/**',
            'tests/redis/**',
            'tests/faults/*.{app,long,scale}.test.ts',
            'tests/**/*.postgres.test.ts',
          ],
        },
      },
      // The same promises on the other database: a PostgreSQL server that the run starts, or that of DATABASE_URL.
      {
        extends: true,
        test: {
          name: 'postgres',
          environment: 'node',
          include: [
            'tests/{auth,calls,conversations,db,model,operator,push,realtime,users}/**/*.test.ts',
            'tests/scripts/{call-story,reset-password,*.postgres}.test.ts',
            'tests/counts/*.postgres.test.ts',
          ],
          // About SQLite alone, or about its statements, which tests/counts counts.
          exclude: [
            'tests/db/{backup,kept-statements,lock-rows,sqlite-store,upgrade,write-queue}.test.ts',
            'tests/calls/{a-long-past,reads-in-one-turn}.test.ts',
            'tests/realtime/reads-per-change.test.ts',
            // About the model itself.
            'tests/model/reach.test.ts',
          ],
          env: { MODEL_RUNS: process.env.MODEL_RUNS ?? '40' },
          globalSetup: ['tests/support/postgres-server.ts'],
          setupFiles: ['tests/support/on-postgres.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'jsdom',
          environment: 'jsdom',
          include: ['tests/**/*.test.tsx'],
          setupFiles: ['tests/support/patient-queries.ts', 'tests/support/observers.ts'],
        },
      },
      // Thousands of random sequences: `npm run test:model -- --runs N --seed S` for more of them.
      { extends: true, test: { name: 'model', environment: 'node', include: ['tests/model/**/*.test.ts'] } },
      // Each file starts a real LiveKit server of its own (tests/support/livekit-process.ts).
      {
        extends: true,
        test: {
          name: 'media',
          environment: 'node',
          include: ['tests/media/**/*.test.ts'],
          fileParallelism: false,
        },
      },
      // Each test starts a Redis server of its own; skipped where there is none.
      {
        extends: true,
        test: {
          name: 'redis',
          environment: 'node',
          include: ['tests/redis/**/*.test.ts'],
          // Two files would look for a free port at once.
          fileParallelism: false,
        },
      },
      // Builds, packs and installs the packages that other apps use.
      {
        extends: true,
        test: {
          name: 'packages',
          environment: 'node',
          include: ['tests/packages/**/*.test.ts'],
        },
      },
      // docs/cases.md, case by case. Those that need no process of their own are unit tests (`node`), some
      // share one running Parley (npm test runs them) …
      {
        extends: true,
        test: {
          name: 'faults',
          environment: 'node',
          include: ['tests/faults/*.app.test.ts'],
          fileParallelism: false,
          globalSetup: ['tests/support/shared-app.ts'],
        },
      },
      // … the long ones kill, fill and wait, each on its own (npm run test:faults).
      {
        extends: true,
        test: {
          name: 'faults-long',
          environment: 'node',
          include: ['tests/faults/*.long.test.ts'],
          fileParallelism: false,
          isolate: true,
          // Case 41 compares heaps after a collection.
          execArgv: ['--expose-gc'],
          testTimeout: 900_000,
        },
      },
      // … and these run two servers and all that they share (npm run test:scale).
      {
        extends: true,
        test: {
          name: 'faults-scale',
          environment: 'node',
          include: ['tests/faults/*.scale.test.ts'],
          fileParallelism: false,
          // Chooses the tables (db/dialect.ts); each test has a server of its own.
          env: { DATABASE_URL: 'postgres://of-each-test' },
        },
      },
    ],
  },
});
