import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { AccessToken } from 'livekit-server-sdk';
import { root } from '../paths.mjs';

const client = join(root, 'node_modules/livekit-client/dist/livekit-client.umd.js');

/** The caller joins by `join`, the callee by the click; both keep the page, as an open app does. */
const page = `<!doctype html><title>Floor</title><button>Accept</button><button>Disconnect</button><script src="/client.js"></script><script>
  const { Room } = LivekitClient;
  let room;
  window.join = async (name, identity) => {
    const asked = await fetch('/token?' + new URLSearchParams({ room: name, as: identity }), { method: 'POST' });
    const { url, token } = await asked.json();
    room = new Room();
    room.on('trackSubscribed', (track) => document.body.append(track.attach()));
    await room.connect(url, token);
    await room.localParticipant.setMicrophoneEnabled(true);
  };
  window.leave = () => room.disconnect().then(() => document.querySelectorAll('audio').forEach((one) => one.remove()));
  const [accept, disconnect] = document.querySelectorAll('button');
  accept.onclick = () => window.join(...window.invitation);
  disconnect.onclick = window.leave;
</script>`;

/**
 * The least that joins a call: a page with LiveKit's client that fetches a token with one request at the click.
 * @param {{ port: number, livekitUrl: string, key: string, secret: string }} options
 * @returns {Promise<{ url: string, stop: () => void }>}
 */
export async function serveFloor({ port, livekitUrl, key, secret }) {
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://floor');
    if (pathname === '/client.js') return response.end(readFileSync(client));
    if (pathname !== '/token') return response.setHeader('content-type', 'text/html').end(page);
    const token = new AccessToken(key, secret, { identity: searchParams.get('as') ?? '' });
    token.addGrant({ room: searchParams.get('room') ?? '', roomJoin: true });
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ url: livekitUrl, token: await token.toJwt() }));
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(undefined)));
  return { url: `http://localhost:${port}`, stop: () => server.close() };
}
