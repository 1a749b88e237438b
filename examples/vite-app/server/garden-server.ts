import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Connect, Plugin } from 'vite';
import { forwardToParley, parleyPath } from './forward-to-parley.ts';
import { keepParleyAccounts, type ParleySignIn } from './parley.ts';
import { type Gardener, gardeners } from './people.ts';

type Session = { person: Gardener; parley: ParleySignIn };

/**
 * The garden's own server, as a part of Vite's: its sign-in, its people, and under `/parley` the calls. One origin for
 * the page and for calls, so that cookies stay first-party, Parley's checks hold and no CORS is needed.
 */
export function gardenServer({ parleyAddress, secret }: { parleyAddress: string; secret: string }): Plugin {
  const accounts = keepParleyAccounts({ people: gardeners, address: parleyAddress, secret });
  const sessions = new Map<string, Session>();

  async function answer(request: IncomingMessage, response: ServerResponse, next: () => void) {
    const url = request.url ?? '/';
    const token = /(?:^|; )garden=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
    const session = sessions.get(token);
    const path = parleyPath(url);
    if (path) {
      const cookie = session?.parley.cookie ?? '';
      forwardToParley(request, response, { address: parleyAddress, path, cookie });
      return;
    }
    if (!url.startsWith('/garden/')) return next();
    if (request.method === 'POST' && request.headers['sec-fetch-site'] !== 'same-origin')
      return send(response, 403, { error: 'Only the garden’s own pages may do this.' });
    switch (`${request.method} ${url}`) {
      case 'POST /garden/sign-in': {
        const { id, pin } = await readJson(request);
        const person = gardeners.find((one) => one.id === id && one.pin === pin);
        if (!person) return send(response, 401, { error: 'That is not the right PIN.' });
        const opened = randomBytes(24).toString('base64url');
        sessions.set(opened, { person, parley: await accounts.signIn(person) });
        response.setHeader('set-cookie', `garden=${opened}; Path=/; HttpOnly; SameSite=Strict`);
        return send(response, 200, {});
      }
      case 'POST /garden/sign-out':
        sessions.delete(token);
        if (session) await accounts.signOut(session.parley);
        return send(response, 200, {});
      case 'GET /garden/people': {
        if (!session) return send(response, 200, { me: null, people: gardeners.map(shown({})) });
        const people = gardeners.map(shown(await accounts.userIds(session.parley)));
        return send(response, 200, { me: session.person.id, people });
      }
      default:
        return send(response, 404, { error: 'There is nothing here.' });
    }
  }

  const use = ({ middlewares }: { middlewares: Connect.Server }) => {
    middlewares.use((request, response, next) => void answer(request, response, next).catch(next));
  };
  return { name: 'garden-server', configureServer: use, configurePreviewServer: use };
}

/** What pages may know of a person; `callId` is whom the kit calls, null for a page that is not signed in. */
const shown =
  (userIds: Record<string, string>) =>
  ({ pin: _, ...person }: Gardener) => ({ ...person, callId: userIds[person.id] ?? null });

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of request) {
    text += chunk;
    if (text.length > 1000) throw new Error('more than a sign-in needs');
  }
  return JSON.parse(text);
}
