import { errorStatus, type Problem, problemSchema } from './error-codes';

/** What reading a response takes; every `Response` has it. */
type Received = { status: number; headers: { get(name: string): string | null } };

const problemType = 'application/problem+json';

const mediaTypeOf = ({ headers }: Received): string =>
  (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

/**
 * Returns the problem that a Parley server responded with, or null for what an intermediary sent: a proxy's 401,
 * an error page, a sign-in page of a hotel.
 *
 * @param body The response's body, parsed as JSON.
 */
export function problemIn(response: Received, body: unknown): Problem | null {
  if (mediaTypeOf(response) !== problemType) return null;
  const problem = problemSchema.safeParse(body);
  return problem.success && errorStatus[problem.data.code] === response.status ? problem.data : null;
}

/** Reads the problem out of a response; the body of anything that is not a problem is left alone. */
export async function readProblem(
  response: Received & { json(): Promise<unknown> },
): Promise<Problem | null> {
  if (mediaTypeOf(response) !== problemType) return null;
  return problemIn(response, await response.json().catch(() => null));
}

/** Whether a successful response can be a Parley server's: JSON, or no content. A page of HTML is not. */
export function isOurSuccess(response: Received): boolean {
  return response.status === 204 || mediaTypeOf(response) === 'application/json';
}

/** Whether a response is an event stream, and not a page that something between sent in its place. */
export function isEventStream(response: Received): boolean {
  return response.status === 200 && mediaTypeOf(response) === 'text/event-stream';
}

/** Milliseconds that a response asks to wait before the next request, at most a minute; 0 when it names none. */
export function retryAfterMs({ headers }: Received): number {
  const seconds = Number(headers.get('retry-after') ?? 0);
  return Number.isFinite(seconds) ? Math.min(60_000, Math.max(0, seconds * 1000)) : 0;
}
