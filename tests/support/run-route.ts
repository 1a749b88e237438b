import { PassThrough, Readable } from 'node:stream';
import type { Route } from '@/lib/http/define-route';

/** Runs a route with a browser's request and returns what the browser receives; cancelling a stream disconnects it. */
export async function runRoute(
  route: Route,
  request: Request,
  params: Record<string, string> = {},
): Promise<Response> {
  const { pathname: path, search } = new URL(request.url);
  const { method, headers } = request;
  const asked = { method, pattern: path, params, path, search: search.slice(1), headers, body: request.body };
  const { status, body, headers: sent } = await route.run(asked);
  const pairs = Object.entries(sent).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, one]),
  );
  if (typeof body !== 'function')
    return new Response(typeof body === 'string' || body === null ? body : new Uint8Array(body).buffer, {
      status,
      headers: pairs,
    });
  const client = new PassThrough();
  body(client);
  return new Response(Readable.toWeb(client) as ReadableStream<Uint8Array>, { status, headers: pairs });
}
