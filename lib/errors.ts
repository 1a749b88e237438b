import { type ErrorCode, errorTitles } from '@/lib/protocol/error-codes';

// Next compiles boot, routes and pages into separate copies of this module. What boot's copy throws
// (deps.readWebhook) must be known to a route's copy, so it is known by a mark and not by its class.
const mark = Symbol.for('parley.AppError');

/** An error meant for the person who meets it; `defineRoute` turns it into a problem+json answer. */
export class AppError extends Error {
  readonly code: ErrorCode;
  /** Extra members of the answer, such as the final view of an ended call or seconds to wait. */
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
