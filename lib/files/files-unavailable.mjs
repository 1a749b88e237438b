const mark = Symbol.for('parley.FilesUnavailable');

/**
 * The place of the files did not respond, or refused; the message says which, to the operator. Known by a mark, because
 * the bundler makes several copies of this class (lib/errors.ts).
 */
export class FilesUnavailable extends Error {
  static [Symbol.hasInstance](/** @type {unknown} */ value) {
    return value instanceof Error && mark in value;
  }

  constructor(/** @type {string} */ words, /** @type {unknown} */ cause = undefined) {
    super(words, { cause });
    this.name = 'FilesUnavailable';
    Object.defineProperty(this, mark, { value: true });
  }
}
