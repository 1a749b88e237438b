import 'server-only';
import { errorStatus, errorTitles } from '@parley/call-protocol';
import { isStoreBusy, isUnstorable } from '@/db/store-errors';
import { translatorOf } from '@/languages/catalogues';
import { AppError } from '@/lib/errors';
import { FilesUnavailable } from '@/lib/files/files-unavailable.mjs';
import { MediaUnavailable } from '@/lib/media/media-server';
import { Answer } from './answer';
import type { ReadersLanguage } from './request-language';

/** Seconds that a busy or unavailable server asks to wait. */
const retryAfterSeconds = 2;

/** Whatever was thrown as an error for the client; null for what is our own fault. */
export function asAppError(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  if (error instanceof MediaUnavailable) {
    return new AppError('media_unavailable', 'server.noCallsNow');
  }
  if (error instanceof FilesUnavailable) return new AppError('busy', 'server.noFilesNow');
  if (isStoreBusy(error)) return new AppError('busy', 'server.busy');
  if (isUnstorable(error)) return new AppError('invalid_input');
  return null;
}

/** An error as its answer: problem+json with our code, the request's id, and the reader's words as its detail. */
export function problemAnswer(
  error: AppError,
  requestId: string,
  { catalogue, locale }: Pick<ReadersLanguage, 'catalogue' | 'locale'>,
): Answer {
  const status = errorStatus[error.code];
  const headers: Answer['headers'] = { 'content-type': 'application/problem+json' };
  if (status === 429 || status === 503) headers['retry-after'] = String(secondsToWait(error));
  const body = {
    ...error.extra,
    type: 'about:blank',
    title: errorTitles[error.code],
    status,
    detail: error.detail(translatorOf(catalogue, locale)),
    code: error.code,
    requestId,
  };
  return new Answer(status, JSON.stringify(body), headers);
}

function secondsToWait({ extra }: AppError): number {
  if (typeof extra.retryAfterSeconds === 'number') return Math.max(1, Math.ceil(extra.retryAfterSeconds));
  if (typeof extra.retryAfterMs === 'number') return Math.max(1, Math.ceil(extra.retryAfterMs / 1000));
  return retryAfterSeconds;
}
