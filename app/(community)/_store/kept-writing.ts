import { limits, object } from '@parley/call-protocol';
import { z } from 'zod/mini';

const draftSchema = object({ text: z.string(), at: z.number() });
const unsentSchema = object({
  conversationId: z.string(),
  clientMessageId: z.string(),
  text: z.string(),
  sentAt: z.number(),
  hasFailed: z.boolean(),
  reason: z.nullable(z.string()),
});

/** A message of this person that the server has not confirmed. */
export type Unsent = z.infer<typeof unsentSchema>;

const prefix = 'parley-writing:';
/** Bounds of what one person's writing takes on this device: entries of each kind, characters of one, age in ms. */
const most = { entries: 50, characters: 10 * limits.message, ageMs: 30 * 24 * 60 * 60_000 };

type Kind = 'draft' | 'unsent';

/** `localStorage`, or null on the server and where the browser refuses it. */
function local(): Storage | null {
  try {
    return typeof window === 'undefined' ? null : window.localStorage;
  } catch {
    return null;
  }
}

/**
 * What one person has written and not sent: drafts by conversation, and messages that the server has not confirmed.
 * Outlives a reload in `localStorage`, one entry per draft and message, so that tabs do not overwrite one another;
 * a draft is the same in all tabs. Where the browser keeps nothing it lives as long as the page.
 */
export class KeptWriting {
  readonly #drafts = new Map<string, string>();
  readonly #listeners = new Set<() => void>();
  readonly #own: string;
  #isForgotten = false;

  constructor(userId: string) {
    this.#own = `${prefix}${userId}:`;
  }

  /** Drops what is too old or another person's, and follows other tabs until the returned call. */
  open(onUnsent: (clientMessageId: string, unsent: Unsent | null) => void): () => void {
    this.#removeWhere((key) => !key.startsWith(this.#own));
    for (const kind of ['draft', 'unsent'] as const) this.#makeRoom(kind);
    const follow = ({ key, newValue }: StorageEvent) => {
      const draft = key?.startsWith(this.#key('draft', '')) && key.slice(this.#key('draft', '').length);
      const unsent = key?.startsWith(this.#key('unsent', '')) && key.slice(this.#key('unsent', '').length);
      if (draft) this.#changeDraft(draft, read(draftSchema, newValue)?.text ?? '');
      if (unsent) onUnsent(unsent, read(unsentSchema, newValue));
    };
    addEventListener('storage', follow);
    return () => removeEventListener('storage', follow);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readDraft(conversationId: string): string {
    const known = this.#drafts.get(conversationId);
    if (known !== undefined) return known;
    const kept = read(draftSchema, this.#get(this.#key('draft', conversationId)))?.text ?? '';
    this.#drafts.set(conversationId, kept);
    return kept;
  }

  keepDraft(conversationId: string, text: string): void {
    const key = this.#key('draft', conversationId);
    if (text === '' || text.length > most.characters) local()?.removeItem(key);
    else this.#set('draft', key, { text, at: Date.now() });
    this.#changeDraft(conversationId, text);
  }

  /** All unconfirmed messages of this person, oldest first. */
  unsent(): Unsent[] {
    return this.#keys('unsent')
      .flatMap((key) => read(unsentSchema, this.#get(key)) ?? [])
      .sort((a, b) => a.sentAt - b.sentAt);
  }

  keepUnsent(message: Unsent): void {
    this.#set('unsent', this.#key('unsent', message.clientMessageId), message);
  }

  dropUnsent(clientMessageId: string): void {
    local()?.removeItem(this.#key('unsent', clientMessageId));
  }

  /** Removes all drafts and unsent messages from this device, and keeps none that fails later: for signing out. */
  forget(): void {
    this.#isForgotten = true;
    this.#drafts.clear();
    this.#removeWhere(() => true);
  }

  #changeDraft(conversationId: string, text: string): void {
    this.#drafts.set(conversationId, text);
    for (const listener of this.#listeners) listener();
  }

  #key(kind: Kind, id: string): string {
    return `${this.#own}${kind}:${id}`;
  }

  #keys(kind: Kind): string[] {
    return keys().filter((key) => key.startsWith(this.#key(kind, '')));
  }

  #get(key: string): string | null {
    return local()?.getItem(key) ?? null;
  }

  #set(kind: Kind, key: string, value: object): void {
    if (this.#isForgotten) return;
    const isNew = this.#get(key) === null;
    try {
      local()?.setItem(key, JSON.stringify(value));
    } catch {
      // The storage is full: the text is kept in memory until the page closes.
    }
    if (isNew) this.#makeRoom(kind);
  }

  /** Removes the oldest beyond the bounds, and what cannot be read. */
  #makeRoom(kind: Kind): void {
    const entries = this.#keys(kind).map((key) => ({ key, at: writtenAt(kind, this.#get(key)) }));
    const oldest = Date.now() - most.ageMs;
    entries.sort((a, b) => b.at - a.at);
    for (const [index, { key, at }] of entries.entries())
      if (index >= most.entries || at < oldest) local()?.removeItem(key);
  }

  #removeWhere(isWanted: (key: string) => boolean): void {
    for (const key of keys()) if (isWanted(key)) local()?.removeItem(key);
  }
}

function keys(): string[] {
  const storage = local();
  return Array.from({ length: storage?.length ?? 0 }, (_, index) => storage?.key(index) ?? '').filter((key) =>
    key.startsWith(prefix),
  );
}

/** When an entry was written; 0 for what this version cannot read. */
function writtenAt(kind: Kind, value: string | null): number {
  return (kind === 'draft' ? read(draftSchema, value)?.at : read(unsentSchema, value)?.sentAt) ?? 0;
}

function read<T>(schema: z.ZodMiniType<T>, value: string | null): T | null {
  if (value === null) return null;
  try {
    return schema.safeParse(JSON.parse(value)).data ?? null;
  } catch {
    return null;
  }
}
