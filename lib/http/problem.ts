import 'server-only';
import { errorStatus, errorTitles } from '@parley/call-protocol';
import type { z } from 'zod';
import { isStoreBusy } from '@/db/store';
import { AppError } from '@/lib/errors';
import { MediaUnavailable } from '@/lib/media/media-server';

/** Seconds that a busy or unavailable server asks to wait. */
const retryAfterSeconds = 2;

/** Whatever was thrown as an error for the client; null for what is our own fault. */
export function asAppError(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  if (error instanceof MediaUnavailable) {
    return new AppError('media_unavailable', 'Calls are not available right now. Try again in a moment.');
  }
  if (isStoreBusy(error)) return new AppError('busy', 'The server is busy. Try again in a moment.');
  return null;
}

/** An error as its response: problem+json with our code and the request's id. */
export function problemResponse(error: AppError, requestId: string): Response {
  const status = errorStatus[error.code];
  const headers = new Headers({ 'content-type': 'application/problem+json' });
  if (status === 429 || status === 503) headers.set('retry-after', String(secondsToWait(error)));
  const body = {
    ...error.extra,
    type: 'about:blank',
    title: errorTitles[error.code],
    status,
    detail: error.message,
    code: error.code,
    requestId,
  };
  return new Response(JSON.stringify(body), { status, headers });
}

function secondsToWait({ extra }: AppError): number {
  if (typeof extra.retryAfterSeconds === 'number') return Math.max(1, Math.ceil(extra.retryAfterSeconds));
  if (typeof extra.retryAfterMs === 'number') return Math.max(1, Math.ceil(extra.retryAfterMs / 1000));
  return retryAfterSeconds;
}

/** What zod found, as one sentence with the fields' names and as data. */
export function invalidInput(error: z.ZodError): AppError {
  const fields = error.issues.map((issue) => ({
    field: issue.path.join('.') || 'body',
    problem: issue.message,
  }));
  const sentence = fields.map(({ field, problem }) => `${field}: ${problem}`).join('; ');
  return new AppError('invalid_input', sentence, { fields });
}
