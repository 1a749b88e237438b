import { holdLock, type Locks } from './between-tabs';

const storageKey = 'parley-client-id';
/** A busy browser takes a second to end the document that a reload replaces; a duplicated tab waits as long once. */
const oldDocumentMs = 1500;

export type ClientIdOptions = {
  storage?: Pick<Storage, 'getItem' | 'setItem'> | null;
  locks?: Locks | null;
  /** How long a reloaded document's old lock may still be held, in milliseconds. */
  waitMs?: number;
};

/**
 * The id of this tab: kept through a reload, new in a duplicated tab. Sessions are copied when a tab
 * is duplicated, so the id counts only while this tab holds a Web Lock on it. Where there are no Web
 * Locks, or the browser refuses them, the id of the session is believed.
 *
 * @example
 * const clientId = await takeClientId();
 */
export async function takeClientId(options: ClientIdOptions = {}): Promise<string> {
  const storage = options.storage === undefined ? sessionStorageOrNull() : options.storage;
  const locks = options.locks === undefined ? (globalThis.navigator?.locks ?? null) : options.locks;
  const kept = read(storage);
  if (kept && (!locks || (await hold(locks, kept, options.waitMs ?? oldDocumentMs)) !== 'taken')) return kept;
  const fresh = makeClientId();
  try {
    storage?.setItem(storageKey, fresh);
  } catch {
    // Storage is full or forbidden: a reload will count as a new tab.
  }
  if (locks) await hold(locks, fresh, options.waitMs ?? oldDocumentMs);
  return fresh;
}

/**
 * A random id for a tab or a request.
 *
 * @example
 * const requestId = makeClientId();
 */
export function makeClientId(): string {
  // randomUUID exists on https and localhost only; a phone on the local network has neither.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function read(storage: Pick<Storage, 'getItem'> | null): string | null {
  try {
    const id = storage?.getItem(storageKey) ?? null;
    return id && /^[A-Za-z0-9_-]{8,64}$/.test(id) ? id : null;
  } catch {
    return null;
  }
}

/** Whether this tab now holds the id until it closes, or another tab does. */
function hold(locks: Locks, id: string, waitMs: number): Promise<'held' | 'taken' | 'refused'> {
  return new Promise((resolve) => {
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(), waitMs);
    const untilClosed = () => {
      clearTimeout(timer);
      resolve('held');
      return new Promise<never>(() => {});
    };
    void holdLock(locks, `parley-client:${id}`, { signal: giveUp.signal }, untilClosed).then((end) => {
      clearTimeout(timer);
      resolve(end === 'given up' ? 'taken' : 'refused');
    });
  });
}

function sessionStorageOrNull(): Storage | null {
  try {
    return globalThis.sessionStorage ?? null;
  } catch {
    return null;
  }
}
