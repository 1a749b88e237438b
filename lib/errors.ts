import { type ErrorCode, errorTitles } from '@parley/call-protocol';

// Next compiles boot, routes and pages into separate copies of this module. A route must recognise an error
// that boot's copy throws (deps.readWebhook), so errors carry a mark instead of relying on `instanceof`.
const mark = Symbol.for('parley.AppError');

/** An error with words for its reader; `defineRoute` turns it into a problem+json response. */
export class AppError extends Error {
  readonly code: ErrorCode;
  /** Extra members of the response, such as an ended call's final view or the seconds to wait. */
  readonly extra: Record<string, unknown>;
  readonly [mark] = true;

  static override [Symbol.hasInstance](value: unknown): value is AppError {
    return value instanceof Error && mark in value;
  }

  constructor(code: ErrorCode, sentence?: string, extra: Record<string, unknown> = {}) {
    super(sentence ?? errorTitles[code]);
    this.name = 'AppError';
    this.code = code;
    this.extra = extra;
  }
}
