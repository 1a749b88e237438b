/** @typedef {import('./settings.mjs').Settings} Settings */

/**
 * What the person at the terminal reads once Parley serves.
 * @param {Settings} settings
 * @returns {string}
 */
export function welcome({ port, host, dataDir, publicUrl, ownLivekit }) {
  const media = ownLivekit
    ? `your LiveKit server at ${ownLivekit.url}`
    : `an embedded LiveKit server (its log: ${dataDir}/livekit/livekit.log)`;
  const data = [`  Data          ${dataDir}`, `  Calls         ${media}`];
  if (publicUrl) {
    return [
      '',
      `  Parley serves ${publicUrl} (listening on ${host}:${port})`,
      '',
      ...data,
      '',
      '  Ctrl-C stops it.',
      '',
    ].join('\n');
  }
  return [
    '',
    `  Parley is at  http://localhost:${port}`,
    '',
    '  Sign in as    alice, bob, carol, dave or erin; the password is parley-demo',
    ...data,
    '',
    '  Try it alone  Alice at the address above, Bob in the same browser at',
    `                http://127.0.0.1:${port} (with headphones, or it howls)`,
    '  On a phone    a browser gives its microphone to https pages only, so a phone on',
    '                your network needs PARLEY_URL and your own LiveKit: see README.md',
    '',
    '  Ctrl-C stops it.',
    '',
  ].join('\n');
}
