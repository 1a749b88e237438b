import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('./', import.meta.url));

export default defineConfig({
  plugins: [react()],
  resolve: {
    alias: [
      { find: /^@\//, replacement: root },
      { find: 'server-only', replacement: `${root}tests/support/empty.ts` },
    ],
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/journeys/**', 'tests/media/**', 'tests/faults/**', 'tests/model/**'],
        },
      },
      { extends: true, test: { name: 'jsdom', environment: 'jsdom', include: ['tests/**/*.test.tsx'] } },
      // Real processes that are killed; one file at a time, because they measure.
      {
        extends: true,
        test: {
          name: 'faults',
          environment: 'node',
          include: ['tests/faults/**/*.test.ts'],
          testTimeout: 60_000,
          fileParallelism: false,
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
          testTimeout: 30_000,
        },
      },
    ],
  },
});
