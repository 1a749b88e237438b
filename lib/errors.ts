import { type ErrorCode, errorTitles } from '@/lib/protocol/error-codes';

/** An error meant for the person who meets it; `defineRoute` turns it into a problem+json answer. */
export class AppError extends Error {
  readonly code: ErrorCode;
  /** Extra members of the answer, such as the final view of an ended call or seconds to wait. */
  readonly extra: Record<string, unknown>;

  constructor(code: ErrorCode, sentence?: string, extra: Record<string, unknown> = {}) {
    super(sentence ?? errorTitles[code]);
    this.name = 'AppError';
    this.code = code;
    this.extra = extra;
  }
}
