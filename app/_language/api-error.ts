import type { ErrorCode } from '@parley/call-protocol';
import type { Translate } from '@/languages/translator';

/** The sentences of failures that the page itself finds; the server's come in the reader's language already. */
const ownSentences = [
  'account.tooManyTries',
  'account.wrongPassword',
  'messages.cutShort',
  'ui.offline',
  'ui.strangeAnswer',
  'ui.unknownProblem',
] as const;
type OwnSentence = (typeof ownSentences)[number];

const isOwn = (sentence: string): sentence is OwnSentence => ownSentences.some((id) => id === sentence);

/**
 * A request that failed. Its message is for the person: a sentence of the server's, or the id of one of our own.
 * `offline`: no response of Parley's came.
 */
export class ApiError extends Error {
  readonly code: ErrorCode | 'offline';
  /** How long the server asks to wait before another try, in milliseconds. */
  readonly retryAfterMs: number;

  constructor(code: ErrorCode | 'offline', sentence: string, retryAfterMs = 0) {
    super(sentence);
    this.name = 'ApiError';
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Why something failed, in a form that can be kept: a sentence, or the id of one of our own. */
export const reasonOf = (error: unknown): string =>
  error instanceof ApiError ? error.message : ('ui.unknownProblem' satisfies OwnSentence);

/** The words for such a reason. */
export const reasonText = (t: Translate, reason: string): string => (isOwn(reason) ? t(reason) : reason);

/** The words for any error, for the screen. */
export const sentenceOf = (t: Translate, error: unknown): string => reasonText(t, reasonOf(error));
