/**
 * Joins the server (scripts/serve.mjs) to what boot makes: Next bundles boot, so the two share no module.
 * @typedef {import('node:http').IncomingMessage} IncomingMessage
 * @typedef {import('node:http').ServerResponse} ServerResponse
 */

/**
 * @typedef {object} FrontDoor
 * @property {(request: IncomingMessage, response: ServerResponse) => boolean} serve
 *   called first with every request; false when it is Next's
 * @property {() => Promise<void>} close ends what would keep the server from stopping, streams and timers, and
 *   resolves once other servers know
 */

const key = Symbol.for('parley.openFrontDoor');
const shared = /** @type {Record<symbol, unknown>} */ (/** @type {unknown} */ (globalThis));

/**
 * Called by the server before Next boots.
 * @returns {Promise<FrontDoor>} resolves when boot is done
 */
export function untilOpen() {
  return new Promise((resolve) => {
    shared[key] = resolve;
  });
}

/**
 * Called at the end of boot.
 * @param {FrontDoor} door
 */
export function open(door) {
  const resolve = shared[key];
  if (typeof resolve !== 'function')
    throw new Error('Start the app with npm start: next start serves no API.');
  resolve(door);
}
