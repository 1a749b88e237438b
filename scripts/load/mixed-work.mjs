import { ask } from '../bench/people.mjs';

/**
 * @typedef {import('../bench/people.mjs').Person} Person
 * @typedef {import('../bench/people.mjs').Listener} Listener
 * @typedef {{ caller: Person, callee: Person, calleeStream: Listener, conversationId: string, isBusy: boolean }} Pair
 * @typedef {ReturnType<typeof import('./tally.mjs').makeTally>} Tally
 */

/** What is not delivered within this time is a failure. */
const patienceMs = 10_000;
/** How long an answered call lasts. */
const talkMs = 3000;

/** Of ten calls six are answered, two declined and two cancelled. */
const fates = ['answered', 'answered', 'answered', 'declined', 'cancelled'];

/**
 * One call of a pair, from the start to its end.
 * @param {string} url
 * @param {Pair} pair
 * @param {number} number of the call; decides how it ends
 * @param {Tally} tally
 */
export async function oneCall(url, pair, number, tally) {
  const { caller, callee, calleeStream } = pair;
  const request = (/** @type {Person} */ who, /** @type {string} */ path, /** @type {object} */ body) =>
    ask(`${url}/api/calls${path}`, 'POST', { cookie: who.cookie, body });
  const rings = arrival(calleeStream, '"ringing"', 'a ring');
  const since = performance.now();
  const started = await tally.timed('start', () =>
    request(caller, '', { userId: callee.id, clientId: caller.clientId }),
  );
  tally.note('start → rings at the callee', (await rings) - since);
  const { id } = JSON.parse(started).call;
  const fate = fates[number % fates.length];
  if (fate === 'declined') {
    await tally.timed('decline', () => request(callee, `/${id}/decline`, {}));
    return;
  }
  if (fate === 'answered') {
    await tally.timed('accept', () => request(callee, `/${id}/accept`, { clientId: callee.clientId }));
    await new Promise((resolve) => setTimeout(resolve, talkMs));
  }
  const ends = arrival(calleeStream, '"ended"', 'an end');
  const leftAt = performance.now();
  await tally.timed('leave', () => request(caller, `/${id}/leave`, { clientId: caller.clientId }));
  tally.note('leave → ended at the callee', (await ends) - leftAt);
}

/**
 * One message of the caller to the callee.
 * @param {string} url
 * @param {Pair} pair
 * @param {Tally} tally
 */
export async function oneMessage(url, { caller, calleeStream, conversationId }, tally) {
  const text = `message ${crypto.randomUUID()}`;
  const arrives = arrival(calleeStream, text, 'a message');
  const since = performance.now();
  await tally.timed('message', () =>
    ask(`${url}/api/conversations/${conversationId}/messages`, 'POST', {
      cookie: caller.cookie,
      body: { text },
    }),
  );
  tally.note('message → at the recipient', (await arrives) - since);
}

/** When the stream brings this text; asked before it can come. @returns {Promise<number>} */
function arrival(/** @type {Listener} */ stream, /** @type {string} */ text, /** @type {string} */ what) {
  const { promise, resolve, reject } = Promise.withResolvers();
  const timer = setTimeout(() => reject(new Error(`${what} did not arrive within 10 s`)), patienceMs);
  void stream.until(text).then((at) => {
    clearTimeout(timer);
    resolve(at);
  });
  // The request may fail first; this is then no failure of its own.
  promise.catch(() => {});
  return promise;
}
