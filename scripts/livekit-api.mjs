import { createHmac } from 'node:crypto';

/** @typedef {{ port: number, key: string, secret: string }} LivekitAccess */

/**
 * True when a LiveKit server responds on this port and knows our key: then it is ours, and ready.
 * @param {LivekitAccess} access
 */
export async function isOurLivekit({ port, key, secret }) {
  const address = `http://127.0.0.1:${port}`;
  const signal = AbortSignal.timeout(1000);
  try {
    const ready = await fetch(address, { signal });
    if (ready.status !== 200 || (await ready.text()) !== 'OK') return false;
    return await knowsKey(address, { key, secret }, signal);
  } catch {
    return false;
  }
}

/**
 * Whether the LiveKit server at this address takes our key and secret for a pair of its own.
 * @param {string} address http or https
 * @param {{ key: string, secret: string }} pair
 * @param {AbortSignal} signal
 * @param {number} offsetMs by how much its clock is ahead of ours
 */
export async function knowsKey(address, pair, signal, offsetMs = 0) {
  return (await askWithKey(address, pair, signal, offsetMs)) === 'taken';
}

/**
 * What the LiveKit server at this address says to our key and secret; `time` when it refuses the request for
 * its time only.
 * @param {string} address http or https
 * @param {{ key: string, secret: string }} pair
 * @param {AbortSignal} signal
 * @param {number} offsetMs by how much its clock is ahead of ours
 * @returns {Promise<'taken' | 'time' | 'refused'>}
 */
export async function askWithKey(address, { key, secret }, signal, offsetMs) {
  const answer = await fetch(`${address}/twirp/livekit.RoomService/ListRooms`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${listRoomsToken(key, secret, offsetMs)}`,
    },
    body: '{}',
    signal,
  });
  if (answer.status === 200) return 'taken';
  return /not valid yet|expired/.test(await answer.text()) ? 'time' : 'refused';
}

/** By hand, because this also runs before the dependencies are installed. */
function listRoomsToken(
  /** @type {string} */ key,
  /** @type {string} */ secret,
  /** @type {number} */ offsetMs,
) {
  const nowSeconds = Math.floor((Date.now() + offsetMs) / 1000);
  const claims = { iss: key, nbf: nowSeconds - 60, exp: nowSeconds + 60, video: { roomList: true } };
  const body = [{ alg: 'HS256', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}
