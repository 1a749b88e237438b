const storageKey = 'parley-client-id';

export type ClientIdOptions = {
  storage?: Pick<Storage, 'getItem' | 'setItem'> | null;
  locks?: Pick<LockManager, 'request'> | null;
  /** How long a reloaded document's old lock may still be held, in milliseconds. */
  waitMs?: number;
};

/**
 * The id of this tab: kept through a reload, new in a duplicated tab. Sessions are copied when a tab
 * is duplicated, so the id counts only while this tab holds a Web Lock on it. Where there are no Web
 * Locks the id of the session is believed.
 *
 * @example
 * const clientId = await takeClientId();
 */
export async function takeClientId(options: ClientIdOptions = {}): Promise<string> {
  const storage = options.storage === undefined ? sessionStorageOrNull() : options.storage;
  const locks = options.locks === undefined ? (globalThis.navigator?.locks ?? null) : options.locks;
  const kept = read(storage);
  if (kept && (!locks || (await hold(locks, kept, options.waitMs ?? 300)))) return kept;
  const fresh = makeClientId();
  try {
    storage?.setItem(storageKey, fresh);
  } catch {
    // Storage is full or forbidden: a reload will count as a new tab.
  }
  if (locks) await hold(locks, fresh, options.waitMs ?? 300);
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

/** True when this tab now holds the id until it closes. */
function hold(locks: Pick<LockManager, 'request'>, id: string, waitMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(), waitMs);
    locks
      .request(`parley-client:${id}`, { signal: giveUp.signal }, () => {
        clearTimeout(timer);
        resolve(true);
        return new Promise<never>(() => {});
      })
      .catch(() => resolve(false));
  });
}

function sessionStorageOrNull(): Storage | null {
  try {
    return globalThis.sessionStorage ?? null;
  } catch {
    return null;
  }
}
