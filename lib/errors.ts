import { type ErrorCode, errorTitles } from '@parley/call-protocol';
import { catalogues, translatorOf } from '@/languages/catalogues';
import type { MessageId, Parameters, Translate } from '@/languages/translator';

// Next compiles boot, routes and pages into separate copies of this module. A route must recognise an error
// that boot's copy throws (deps.readWebhook), so errors carry a mark instead of relying on `instanceof`.
const mark = Symbol.for('parley.AppError');

type SentenceId = Extract<MessageId, `server.${string}`>;
type PlainId = { [Id in SentenceId]: Parameters<Id> extends [] ? Id : never }[SentenceId];

/** A sentence with parameters, in no language yet. */
export type Said = (t: Translate) => string;
/** A sentence for the reader of an error: an id of the catalogue, or `say(id, parameters)`. */
export type Sentence = PlainId | Said;

/**
 * A sentence with parameters.
 *
 * @example
 * throw new AppError('invalid_input', say('server.groupIsFull', { count: limits.groupPeople }));
 */
export const say =
  <Id extends SentenceId>(id: Id, ...parameters: Parameters<Id>): Said =>
  (t) =>
    t(id, ...parameters);

/** Logs and tools read English. */
const english = translatorOf(catalogues.en, 'en-GB');

/** An error with words for its reader; `defineRoute` turns it into a problem+json response. */
export class AppError extends Error {
  readonly code: ErrorCode;
  /** What `message` says, for readers of other languages; undefined: the title of the code. */
  readonly sentence: Sentence | undefined;
  /** Extra members of the response, such as an ended call's final view or the seconds to wait. */
  readonly extra: Record<string, unknown>;
  readonly [mark] = true;

  static override [Symbol.hasInstance](value: unknown): value is AppError {
    return value instanceof Error && mark in value;
  }

  constructor(code: ErrorCode, sentence?: Sentence, extra: Record<string, unknown> = {}) {
    super(sentence === undefined ? errorTitles[code] : inWords(sentence, english));
    this.name = 'AppError';
    this.code = code;
    this.sentence = sentence;
    this.extra = extra;
  }

  /** The error's words in the language of `t`. */
  detail(t: Translate): string {
    return this.sentence === undefined ? t(`codes.${this.code}`) : inWords(this.sentence, t);
  }
}

const inWords = (sentence: Sentence, t: Translate): string =>
  typeof sentence === 'function' ? sentence(t) : t(sentence);
