import 'server-only';
import { z } from 'zod';
import { deps as currentDeps, type Deps, type RouteDeps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import type { Log } from '@/lib/log';
import { metrics, routePattern } from '@/lib/metrics';
import type { Viewer } from '@/lib/viewer';
import { parseInput } from './parse-input';
import { asAppError, problemResponse } from './problem';
import { countMutation, countRead } from './rate-limit';
import { readJson } from './read-body';
import { languageOf } from './request-language';
import { isReading, isSameOrigin } from './same-origin';

type Access = 'anyone' | 'signed_in' | 'operator';
type ViewerFor<A extends Access> = A extends 'anyone' ? Viewer | null : Viewer;
type Parsed<S extends z.core.$ZodType | undefined> = S extends z.core.$ZodType ? z.output<S> : undefined;
type Schema = z.core.$ZodType | undefined;

type Given<A extends Access, P extends Schema, Q extends Schema, B extends Schema> = {
  deps: RouteDeps;
  viewer: ViewerFor<A>;
  params: Parsed<P>;
  query: Parsed<Q>;
  body: Parsed<B>;
  request: Request;
  requestId: string;
  log: Log;
};

type Definition<A extends Access, P extends Schema, Q extends Schema, B extends Schema> = {
  /** Who may use the route; those of operators do not exist for other users. */
  access: A;
  /** Parameters that do not parse respond like those that are not found, so that a path reveals nothing. */
  params?: P;
  query?: Q;
  /** Without it the body is left unread. */
  body?: B;
  maxBodyBytes?: number;
  /** Status of the response when `handle` returns data; 204 when it returns nothing. */
  status?: number;
  /** 'none' only for LiveKit's webhook, which proves itself by its signature. */
  originCheck?: 'own' | 'none';
  /**
   * What a request of a signed-in person counts as. `nothing` is never refused, however often it is sent or
   * something else was done: leaving, declining, signing out, and what has a limit of its own. Default: `change`,
   * or `read` for the methods that change nothing.
   */
  countsAs?: 'change' | 'read' | 'nothing';
  handle: (given: Given<A, P, Q, B>) => unknown;
};

/** Default headers: no caching, no MIME sniffing, no scripts, no framing. */
const answerHeaders = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
};

type Context = { params: Promise<Record<string, string | string[] | undefined>> };
export type RouteHandler = (request: Request, context: Context) => Promise<Response>;

/**
 * The one wrapper of every route: checks the origin, the viewer and the input, in this order and before `handle`
 * runs; responds with JSON, or with problem+json that carries the request's id. Faults of our own are logged, and
 * their details are not sent.
 */
export function defineRoute<
  A extends Access,
  P extends Schema = undefined,
  Q extends Schema = undefined,
  B extends Schema = undefined,
>(definition: Definition<A, P, Q, B>): RouteHandler {
  return async (request, context) => {
    const requestId = crypto.randomUUID();
    const deps = currentDeps();
    const path = new URL(request.url).pathname;
    const since = performance.now();
    const log = deps.log.child({ requestId, method: request.method, path });
    let response: Response;
    try {
      response = await answer(definition, { request, context, requestId, deps, log });
    } catch (error) {
      const known = asAppError(error);
      if (!known) log.error({ err: error }, 'a request failed');
      else if (known !== error) log.warn({ err: error, code: known.code }, 'a request could not be served');
      else log.debug({ code: known.code }, 'a request was refused');
      response = problemResponse(known ?? ourFault(), requestId, languageOf(request.headers, deps.env));
    }
    response.headers.set('x-request-id', requestId);
    const route = routePattern(path, (await context.params) ?? {});
    const labels = { method: request.method, route, status: response.status };
    metrics().httpSeconds.observe(labels, (performance.now() - since) / 1000);
    for (const [name, value] of Object.entries(answerHeaders)) {
      if (!response.headers.has(name)) response.headers.set(name, value);
    }
    return response;
  };
}

type Asked = {
  request: Request;
  context: Context;
  requestId: string;
  deps: ReturnType<typeof currentDeps>;
  log: Log;
};

async function answer<A extends Access, P extends Schema, Q extends Schema, B extends Schema>(
  definition: Definition<A, P, Q, B>,
  { request, context, requestId, deps, log }: Asked,
): Promise<Response> {
  const isChange = !isReading(request.method);
  if (isChange && definition.originCheck !== 'none' && !isSameOrigin(request.headers, deps.ownOrigins)) {
    throw new AppError('foreign_origin', 'server.ownPagesOnly');
  }
  const viewer = await admit(definition.access, deps, request);
  const countsAs = definition.countsAs ?? (isChange ? 'change' : 'read');
  if (viewer && countsAs === 'change') await countMutation(deps, viewer.userId);
  if (viewer && countsAs === 'read') await countRead(deps, viewer);
  const params = definition.params && z.safeParse(definition.params, await context.params);
  if (params && !params.success) throw new AppError('not_found');
  const query =
    definition.query && parseInput(definition.query, Object.fromEntries(new URL(request.url).searchParams));
  const body =
    definition.body && parseInput(definition.body, await readJson(request, definition.maxBodyBytes));
  const result = await definition.handle({
    deps,
    viewer: viewer as ViewerFor<A>,
    params: params?.data as Parsed<P>,
    query: query as Parsed<Q>,
    body: body as Parsed<B>,
    request,
    requestId,
    log: viewer ? log.child({ userId: viewer.userId }) : log,
  });
  if (result instanceof Response) return result;
  if (result === undefined) return new Response(null, { status: 204 });
  return Response.json(result, { status: definition.status ?? 200 });
}

async function admit(access: Access, deps: Pick<Deps, 'viewerOf'>, request: Request): Promise<Viewer | null> {
  const viewer = await deps.viewerOf(request);
  if (access === 'anyone') return viewer;
  if (!viewer) throw new AppError('unauthenticated');
  if (access === 'operator' && !viewer.isOperator) throw new AppError('not_found');
  return viewer;
}

function ourFault(): AppError {
  return new AppError('internal', 'server.ourFault');
}

/** For routes that stream: Next would serve HEAD by running GET and leave its stream open for ever. */
export function methodNotAllowed(): Response {
  return new Response(null, { status: 405, headers: { allow: 'GET', 'cache-control': 'no-store' } });
}
