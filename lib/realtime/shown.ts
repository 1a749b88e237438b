import 'server-only';

/** The people of the last snapshot: the same for almost every stream, and too many to keep for each. */
let everyone: ReadonlySet<string> = new Set();

function sharedSetOf(ids: readonly string[]): ReadonlySet<string> {
  if (ids.length !== everyone.size || !ids.every((id) => everyone.has(id))) everyone = new Set(ids);
  return everyone;
}

/** What one stream's viewer has been shown: a set of ids that streams share, and how this one differs from it. */
export class Shown {
  #shared: ReadonlySet<string> = new Set();
  readonly #own = new Set<string>();
  #gone: Set<string> | null = null;

  /** @param shared ids that other streams are likely to begin with, too */
  begin(shared: readonly string[], own: readonly string[]): void {
    this.#shared = sharedSetOf(shared);
    for (const id of own) this.#own.add(id);
  }

  has(id: string): boolean {
    return this.#own.has(id) || (this.#shared.has(id) && !this.#gone?.has(id));
  }

  add(id: string): void {
    if (!this.has(id)) this.#own.add(id);
  }

  delete(id: string): void {
    this.#own.delete(id);
    if (!this.#shared.has(id)) return;
    this.#gone ??= new Set();
    this.#gone.add(id);
  }
}
