import 'server-only';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Deps } from '@/lib/deps';
import type { Answer } from './answer';
import { bodyOf, readableHeaders } from './asked';
import { notePeerAddresses } from './client-address';
import { makeRouteFinder, type Routes } from './find-route';
import { decodablePath } from './undecodable-paths';

const compress = promisify(gzip);
/** Less than this fits a few packets, and compressing it takes longer than it saves. */
const compressedFromBytes = 4096;
const compressible = /^(application\/json|application\/problem\+json|text\/plain)/;

/**
 * Returns what serves every request whose address is in the registry, straight from Node's request to its response.
 * The others are Next's: it prepares them and returns false.
 */
export function serveRoutes(
  routes: Routes,
  { env, log }: Pick<Deps, 'env' | 'log'>,
): (message: IncomingMessage, response: ServerResponse) => boolean {
  const find = makeRouteFinder(routes);
  const notePeerAddress = notePeerAddresses(env, log);
  return (message, response) => {
    notePeerAddress(message);
    if (message.url?.includes('%')) message.url = decodablePath(message.url);
    const { method = 'GET', url = '/' } = message;
    const [path = '/', ...queries] = url.split('?');
    const search = queries.join('?');
    const found = path.startsWith('/api/') ? find(path) : null;
    if (!found) return false;
    const { byMethod, pattern, params } = found;
    const route = byMethod.get(method);
    if (!route) {
      const allow = ['OPTIONS', ...byMethod.keys()].join(', ');
      response.writeHead(method === 'OPTIONS' ? 204 : 405, { allow, 'cache-control': 'no-store' }).end();
      return true;
    }
    const headers = readableHeaders(message);
    route
      .run({ method, pattern, params, path, search, headers, body: bodyOf(message) })
      .then((answer) => send(answer, response, headers.get('accept-encoding') ?? ''))
      .catch((error: unknown) => {
        log.error({ err: error, method, path }, 'a response could not be sent');
        response.destroy();
      });
    return true;
  };
}

async function send({ status, body, headers }: Answer, response: ServerResponse, encodings: string) {
  if (typeof body === 'function') {
    body(response.writeHead(status, headers));
    return;
  }
  const bytes = typeof body === 'string' ? Buffer.from(body) : (body ?? Buffer.alloc(0));
  const isLong = bytes.length >= compressedFromBytes && compressible.test(String(headers['content-type']));
  const isCompressed = isLong && /\bgzip\b/.test(encodings);
  const sent = isCompressed ? await compress(bytes) : bytes;
  response
    .writeHead(status, {
      ...headers,
      ...(isLong && { vary: 'accept-encoding' }),
      ...(isCompressed && { 'content-encoding': 'gzip' }),
      ...(body !== null && { 'content-length': sent.length }),
    })
    .end(sent);
}
