import { createServer, request } from 'node:http';

/**
 * The least that hears of a leave: takes LiveKit's webhooks, notes when each came, and passes those of the app's rooms
 * on to the app. The floor's are answered at once: LiveKit sends the next of a room after the answer.
 * @param {number} port
 * @param {() => string} appUrl
 */
export async function serveSink(port, appUrl) {
  /** @type {((text: string, at: number) => void) | undefined} */
  let note;
  const server = createServer(async (asked, response) => {
    const at = performance.timeOrigin + performance.now();
    let text = '';
    for await (const piece of asked) text += piece;
    note?.(text, at);
    if (!JSON.parse(text).room?.name?.startsWith('parley_')) return response.end();
    const { authorization = '', 'content-type': type = '' } = asked.headers;
    const headers = { authorization, 'content-type': type };
    request(`${appUrl()}/api/livekit/webhook`, { method: 'POST', headers }, (answer) => {
      answer.resume();
      response.writeHead(answer.statusCode ?? 500).end();
    })
      .on('error', () => response.writeHead(503).end())
      .end(text);
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(undefined)));
  return {
    /** Resolves with the moment at which the leave of this room's participant came. */
    left: (/** @type {string} */ room, /** @type {string} */ identity) =>
      new Promise((resolve) => {
        note = (text, at) => {
          const { event, room: where, participant } = JSON.parse(text);
          if (event === 'participant_left' && where?.name === room && participant?.identity === identity)
            resolve(at);
        };
      }),
    stop: () => server.close(),
  };
}
