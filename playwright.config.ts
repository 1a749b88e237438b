import { defineConfig } from '@playwright/test';
import { chromiumPath, grantedArgs } from './tests/support/chromium';

/**
 * Browser journeys against a real app and a real LiveKit (tests/support/journey.ts starts them).
 * One worker: a call keeps both cores of a small machine busy, and promises about time are tested.
 */
export default defineConfig({
  testDir: 'tests/journeys',
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
