import { defineConfig } from '@playwright/test';
import { chromiumPath, grantedArgs } from './tests/support/chromium';
import type { JourneyOptions } from './tests/support/journey';

/**
 * Browser journeys against a real app and a real LiveKit (tests/support/journey.ts starts them).
 * One worker: a call keeps both cores of a small machine busy, and promises about time are tested.
 */
export default defineConfig<object, JourneyOptions>({
  projects: process.env.FAULTS_TABLE
    ? [
        // `npm run test:faults`: the cases that need browsers, and case 4, every journey once more
        // with LiveKit's webhooks going nowhere.
        { name: 'faults', testDir: 'tests/faults', testMatch: '*.spec.ts' },
        { name: 'without-webhooks', testDir: 'tests/journeys', use: { webhooks: 'lost' } },
      ]
    : [{ name: 'journeys', testDir: 'tests/journeys' }],
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  outputDir: 'test-results',
  use: {
    actionTimeout: 10_000,
    navigationTimeout: 15_000,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    locale: 'en-GB',
    reducedMotion: 'reduce',
    launchOptions: { args: grantedArgs, ...(chromiumPath && { executablePath: chromiumPath }) },
  },
});
