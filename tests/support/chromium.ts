import { existsSync } from 'node:fs';

const firstOf = (...places: (string | undefined)[]) =>
  places.find((place) => place !== undefined && existsSync(place));

/** A whole Chromium, which asks before a page has a microphone; undefined: Playwright's own. */
export const chromiumPath = firstOf(process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome');

/** The build that journeys use unless they need more: scripts/browser.mjs says why. */
export const headlessChromiumPath = firstOf(
  process.env.HEADLESS_CHROMIUM,
  '/usr/lib/chromium/chromium-headless-shell',
  chromiumPath,
);

/** Nothing that reaches for the internet, and loopback addresses that the other browser can use. */
const quietArgs = [
  '--no-sandbox',
  '--disable-gpu',
  // One process less to start for every browser.
  '--in-process-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-features=WebRtcHideLocalIpsWithMdns',
];

/** A microphone is there, but the browser asks before it lets a page have it; sound needs a click. */
export const askingArgs = [...quietArgs, '--use-fake-device-for-media-stream'];

/** Microphone, camera and sound without a permission prompt. */
export const grantedArgs = [
  ...quietArgs,
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];
