import { existsSync } from 'node:fs';

/** The browser that scripts/test.mjs found; on a developer's machine the usual places. Undefined: Playwright's own. */
export const chromiumPath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (place) => place !== undefined && existsSync(place),
);

/** Nothing that reaches for the internet, and loopback addresses that the other browser can use. */
const quietArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-features=WebRtcHideLocalIpsWithMdns',
];

/** A microphone is there, but the browser asks before it lets a page have it; sound needs a click. */
export const askingArgs = [...quietArgs, '--use-fake-device-for-media-stream'];

/** Microphone, camera and sound without anybody being asked. */
export const grantedArgs = [
  ...quietArgs,
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];
