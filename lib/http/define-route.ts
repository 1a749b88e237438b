import 'server-only';
import { z } from 'zod';
import { deps as currentDeps, type Deps, type RouteDeps } from '@/lib/deps';
import { AppError } from '@/lib/errors';
import { metrics } from '@/lib/metrics';
import type { Viewer } from '@/lib/viewer';
import { Answer } from './answer';
import type { Asked } from './asked';
import { parseInput } from './parse-input';
import { asAppError, problemAnswer } from './problem';
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
  request: Asked;
};

/** What is checked before a route's handler runs; tests read it from the registry. */
type Guards<A extends Access = Access> = {
  /** Who may use the route; those of operators do not exist for other users. */
  access: A;
  /** 'none' only for LiveKit's webhook, which proves itself by its signature. */
  originCheck?: 'own' | 'none';
  /**
   * What a request of a signed-in person counts as. `nothing` is never refused, however often it is sent or
   * something else was done: leaving, declining, signing out, and what has a limit of its own. Default: `change`,
   * or `read` for the methods that change nothing.
   */
  countsAs?: 'change' | 'read' | 'nothing';
  /** Its response lasts: HEAD, which runs GET elsewhere, is refused. */
  isStream?: boolean;
};

type Definition<A extends Access, P extends Schema, Q extends Schema, B extends Schema> = Guards<A> & {
  /** Parameters that do not parse respond like those that are not found, so that a path reveals nothing. */
  params?: P;
  query?: Q;
  /** Without it the body is left unread. */
  body?: B;
  maxBodyBytes?: number;
  /** Status of the response when `handle` returns data; 204 when it returns nothing. */
  status?: number;
  handle: (given: Given<A, P, Q, B>) => unknown;
};

/** Default headers: no caching, no MIME sniffing, no scripts, no framing. */
const answerHeaders = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
};

export type Route = { guards: Guards; run(request: Asked): Promise<Answer> };

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
>(definition: Definition<A, P, Q, B>): Route {
  return {
    guards: definition,
    async run(request) {
      const deps = currentDeps();
      const requestId = crypto.randomUUID();
      const since = performance.now();
      let answer: Answer;
      try {
        answer = await answerFor(definition, request, deps);
      } catch (error) {
        const known = asAppError(error);
        const { method, path } = request;
        if (!known) deps.log.error({ err: error, requestId, method, path }, 'a request failed');
        else if (known !== error)
          deps.log.warn(
            { err: error, code: known.code, requestId, method, path },
            'a request could not be served',
          );
        else deps.log.debug({ code: known.code, requestId, method, path }, 'a request was refused');
        answer = problemAnswer(known ?? ourFault(), requestId, languageOf(request.headers, deps.env));
      }
      const labels = { method: request.method, route: request.pattern, status: answer.status };
      metrics().httpSeconds.observe(labels, (performance.now() - since) / 1000);
      return new Answer(answer.status, answer.body, {
        ...answerHeaders,
        ...answer.headers,
        'x-request-id': requestId,
      });
    },
  };
}

async function answerFor<A extends Access, P extends Schema, Q extends Schema, B extends Schema>(
  definition: Definition<A, P, Q, B>,
  request: Asked,
  deps: ReturnType<typeof currentDeps>,
): Promise<Answer> {
  const isChange = !isReading(request.method);
  if (isChange && definition.originCheck !== 'none' && !isSameOrigin(request.headers, deps.ownOrigins)) {
    throw new AppError('foreign_origin', 'server.ownPagesOnly');
  }
  const viewer = await admit(definition.access, deps, request);
  const countsAs = definition.countsAs ?? (isChange ? 'change' : 'read');
  if (viewer && countsAs === 'change') await countMutation(deps, viewer.userId);
  if (viewer && countsAs === 'read') await countRead(deps, viewer);
  const params = definition.params && z.safeParse(definition.params, request.params);
  if (params && !params.success) throw new AppError('not_found');
  const query =
    definition.query && parseInput(definition.query, Object.fromEntries(new URLSearchParams(request.search)));
  const body =
    definition.body && parseInput(definition.body, await readJson(request, definition.maxBodyBytes));
  const result = await definition.handle({
    deps,
    viewer: viewer as ViewerFor<A>,
    params: params?.data as Parsed<P>,
    query: query as Parsed<Q>,
    body: body as Parsed<B>,
    request,
  });
  if (result instanceof Answer) return result;
  if (result === undefined) return new Answer(204, null);
  return Answer.json(result, definition.status);
}

async function admit(access: Access, deps: Pick<Deps, 'viewerOf'>, request: Asked): Promise<Viewer | null> {
  const viewer = await deps.viewerOf(request);
  if (access === 'anyone') return viewer;
  if (!viewer) throw new AppError('unauthenticated');
  if (access === 'operator' && !viewer.isOperator) throw new AppError('not_found');
  return viewer;
}

function ourFault(): AppError {
  return new AppError('internal', 'server.ourFault');
}
