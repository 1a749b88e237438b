/**
 * What must not be so once a public address is configured (docs/cases.md, case 39): each a line that
 * names the setting. Plain JavaScript, because a start checks it before anything is installed, and
 * the app checks it again, because it can be started in other ways.
 * @param {{
 *   PARLEY_URL?: string | undefined, PARLEY_SECRET?: string | undefined, LIVEKIT_API_KEY?: string | undefined,
 *   LIVEKIT_API_SECRET?: string | undefined, PARLEY_EMBEDDED_LIVEKIT?: string | undefined,
 *   PARLEY_TEST_TIMES?: string | undefined, PARLEY_TEST_LANGUAGE?: string | undefined,
 *   PARLEY_TEST_PUSH_SERVICE?: string | undefined,
 *   LIVEKIT_URL?: string | undefined, LIVEKIT_PUBLIC_URL?: string | undefined,
 * }} settings
 * @returns {string[]}
 */
export function productionFaults(settings) {
  const { PARLEY_URL, PARLEY_SECRET = '', LIVEKIT_API_KEY, LIVEKIT_API_SECRET = '' } = settings;
  if (!PARLEY_URL) return [];
  const wrong = [];
  if (settings.PARLEY_TEST_TIMES) {
    wrong.push('PARLEY_TEST_TIMES: is for tests only; use CALL_RING_SECONDS and CALL_REJOIN_SECONDS');
  }
  if (settings.PARLEY_TEST_LANGUAGE) wrong.push('PARLEY_TEST_LANGUAGE: is for tests only');
  if (settings.PARLEY_TEST_PUSH_SERVICE) wrong.push('PARLEY_TEST_PUSH_SERVICE: is for tests only');
  if (!PARLEY_URL.startsWith('https://')) {
    wrong.push('PARLEY_URL: must start with https://, or browsers refuse the microphone');
  } else if (urlFrom(PARLEY_URL)?.pathname !== '/') {
    wrong.push('PARLEY_URL: must be a name of its own, such as https://parley.example.org, without a path');
  }
  if (settings.PARLEY_EMBEDDED_LIVEKIT === '1') {
    wrong.push(
      'LIVEKIT_URL: set it to your own LiveKit server; the embedded one is heard on this machine only',
    );
  } else {
    const fault = mediaAddressFault(settings.LIVEKIT_PUBLIC_URL || settings.LIVEKIT_URL || '');
    if (fault && settings.LIVEKIT_PUBLIC_URL) wrong.push(`LIVEKIT_PUBLIC_URL: ${fault}`);
    else if (fault) {
      wrong.push(
        `LIVEKIT_PUBLIC_URL: set it to the wss:// address of your LiveKit server; LIVEKIT_URL, which browsers get without it, ${fault}`,
      );
    }
  }
  if (LIVEKIT_API_KEY === 'devkey' || /^(secret|dev|test|change)/i.test(LIVEKIT_API_SECRET)) {
    wrong.push('LIVEKIT_API_SECRET: this looks like a development secret; make an own one');
  }
  if (PARLEY_SECRET.length < 32 || new Set(PARLEY_SECRET).size < 8) {
    wrong.push('PARLEY_SECRET: too easy to guess; make one with `openssl rand -hex 32`');
  }
  return wrong;
}

/**
 * Why browsers on an https page could not be sent to this LiveKit address: calls would ring and
 * carry no sound.
 * @param {string} address
 * @returns {string | undefined}
 */
function mediaAddressFault(address) {
  const hostname = urlFrom(address)?.hostname;
  if (!/^(wss|https):\/\//.test(address) || !hostname)
    return 'must start with wss://, or browsers refuse it on an https page';
  if (/^(localhost|.*\.localhost|127\..*|0\.0\.0\.0|\[::1?\])$/.test(hostname))
    return `is ${hostname}, which for each browser is its own machine`;
  return undefined;
}

/**
 * @param {string} text
 * @returns {URL | undefined} undefined when it is none (URL.canParse is younger than Node 18)
 */
export function urlFrom(text) {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
