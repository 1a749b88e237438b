import { findBrowsers } from './browser.mjs';
import { requireFonts } from './fonts.mjs';
import { findLivekitBinary } from './livekit-binary.mjs';
import { say } from './progress.mjs';
import { readSettings } from './settings.mjs';

/**
 * Gets everything that tests and pictures need beside the dependencies, before the first of them runs:
 * a LiveKit server, browsers with their system libraries, and the letters that pictures show.
 * @param {{ withFirefox?: boolean, withFonts?: boolean }} [needs]
 * @returns {Promise<NodeJS.ProcessEnv>} the environment for what runs them
 * @throws {import('./progress.mjs').StartError} naming what is missing and how to get it
 */
export async function provideTestNeeds({ withFirefox = true, withFonts = false } = {}) {
  const { cacheDir } = readSettings({ ...process.env, PARLEY_URL: '' });
  const livekit = await findLivekitBinary({ cacheDir, env: process.env });
  const browsers = await findBrowsers({ withFirefox });
  if (withFonts) await requireFonts();
  say(
    'Test needs',
    ['LiveKit', 'Chromium', withFirefox && 'Firefox'].filter(Boolean).join(', ').concat(' are here'),
  );
  return { ...process.env, LIVEKIT_SERVER_BIN: livekit, ...browsers };
}
