import { defineConfig } from '@playwright/test';
import { grantedArgs, headlessChromiumPath } from './tests/support/chromium';
import type { JourneyOptions } from './tests/support/journey';

/** Journeys that measure seconds, listen for gaps or fill the machine: nothing else runs meanwhile. */
const timed = [
  'background-blur',
  'background-blur-changes',
  'background-blur-failures',
  'blocked-sound',
  'crowded-call',
  'devices-mid-call',
  'direct-call',
  'example',
  'firefox',
  'frozen-tab',
  'group-call',
  'kept-choices',
  'privacy',
  'ring-states',
  'start-job',
  'stopped-reload',
  'tabs-and-devices',
  'video',
  'voice-judge',
].map((name) => `**/${name}.spec.ts`);

/** Every kind of ring and answer, several devices, words, presence. */
const onTwoServers = [
  'direct-call',
  'group-call',
  'no-answer',
  'privacy',
  'tabs-and-devices',
  'words-with-a-ring',
].map((name) => `**/${name}.spec.ts`);

/**
 * Browser journeys against a real app and a real LiveKit (tests/support/journey.ts starts them). Two
 * files at a time, each worker with an app of its own; the timed ones alone, after the others
 * (scripts/test.mjs).
 */
export default defineConfig<object, JourneyOptions>({
  projects: process.env.FAULTS_TABLE
    ? [
        // `npm run test:faults`: the cases that need browsers, and case 4, every journey once more
        // with LiveKit's webhooks going nowhere.
        {
          name: 'faults',
          testDir: 'tests/faults',
          testMatch: '*.spec.ts',
          testIgnore: '*.scale.spec.ts',
          workers: 1,
        },
        {
          name: 'without-webhooks',
          testDir: 'tests/journeys',
          // Scenes from plain data, without a server, and an app that starts one of its own.
          testIgnore: ['**/axe.spec.ts', '**/example.spec.ts', '**/gallery.spec.ts', '**/stage.spec.ts'],
          use: { webhooks: 'lost' },
          workers: 1,
        },
        // `npm run test:scale`: people spread over two servers, and the cases that need these and a browser.
        {
          name: 'scale',
          testDir: 'tests/journeys',
          testMatch: onTwoServers,
          // These write into SQLite's file.
          grepInvert: /a promised call that is due is said|a promise is kept through a restart/,
          use: { servers: 'two' },
          workers: 1,
        },
        {
          name: 'scale-faults',
          testDir: 'tests/faults',
          testMatch: '*.scale.spec.ts',
          use: { servers: 'two' },
          workers: 1,
        },
      ]
    : [
        {
          name: 'journeys',
          testDir: 'tests/journeys',
          testIgnore: timed,
          // These state what happens, not within which time: two files share a machine that may be slow.
          timeout: 180_000,
          expect: { timeout: 20_000 },
          use: { actionTimeout: 20_000, navigationTimeout: 30_000 },
        },
        { name: 'timed-journeys', testDir: 'tests/journeys', testMatch: timed, workers: 1 },
      ],
  workers: 2,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  // Journeys state seconds themselves, where they promise some: how long one takes in all says nothing.
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  outputDir: 'test-results',
  use: {
    actionTimeout: 10_000,
    navigationTimeout: 15_000,
    // Taking one slows every page down, a crowded call threefold: `--trace retain-on-failure` when one is needed.
    trace: 'off',
    screenshot: 'only-on-failure',
    locale: 'en-GB',
    reducedMotion: 'reduce',
    launchOptions: {
      args: grantedArgs,
      ...(headlessChromiumPath && { executablePath: headlessChromiumPath }),
    },
  },
});
