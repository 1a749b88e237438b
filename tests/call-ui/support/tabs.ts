/** Web Locks as browsers do them: a queue per name, steal, and abort while waiting. */
export function createLocks() {
  type Waiting = { start: () => void; isSteal: boolean };
  type Held = { lose: () => void };
  const held = new Map<string, Held>();
  const queues = new Map<string, Waiting[]>();

  function request(
    name: string,
    first: LockOptions | LockGrantedCallback<unknown>,
    second?: LockGrantedCallback<unknown>,
  ) {
    const options = typeof first === 'function' ? {} : first;
    const work = typeof first === 'function' ? first : second;
    return new Promise((resolve, reject) => {
      const aborted = () => new DOMException('aborted', 'AbortError');
      if (options.signal?.aborted) return reject(aborted());
      const start = () => {
        const mine: Held = { lose: () => reject(aborted()) };
        held.set(name, mine);
        const done = () => {
          if (held.get(name) !== mine) return;
          held.delete(name);
          queues.get(name)?.shift()?.start();
        };
        Promise.resolve(work?.({ name, mode: 'exclusive' })).then(
          (value) => {
            done();
            resolve(value);
          },
          (error) => {
            done();
            reject(error);
          },
        );
      };
      if (options.steal) {
        held.get(name)?.lose();
        held.delete(name);
        return start();
      }
      if (!held.has(name)) return start();
      const waiting = { start, isSteal: false };
      const queue = queues.get(name) ?? [];
      queues.set(name, [...queue, waiting]);
      options.signal?.addEventListener('abort', () => {
        queues.set(
          name,
          (queues.get(name) ?? []).filter((other) => other !== waiting),
        );
        reject(aborted());
      });
    });
  }

  const query = async () => ({ held: [...held.keys()].map((name) => ({ name })), pending: [] });
  return { request, query } as unknown as LockManager;
}

/** A browser that has Web Locks and gives none: blocked storage, a sandboxed frame. */
export function refusingLocks() {
  const refuse = () => Promise.reject(new DOMException('not allowed here', 'SecurityError'));
  return { request: refuse, query: refuse } as unknown as LockManager;
}

/** BroadcastChannels that deliver at once, in order, to all others of the name; `freeze` makes one deaf and mute. */
export function createAir() {
  type Ear = { name: string; onmessage: ((event: MessageEvent) => void) | null; isFrozen: boolean };
  const ears = new Set<Ear>();
  function open(name: string) {
    const ear: Ear = { name, onmessage: null, isFrozen: false };
    ears.add(ear);
    const channel = {
      set onmessage(listener: ((event: MessageEvent) => void) | null) {
        ear.onmessage = listener;
      },
      postMessage(data: unknown) {
        if (ear.isFrozen) return;
        const copy = structuredClone(data);
        for (const other of ears) {
          if (other === ear || other.name !== name || other.isFrozen) continue;
          other.onmessage?.({ data: copy } as MessageEvent);
        }
      },
      close: () => void ears.delete(ear),
    };
    const freeze = () => {
      ear.isFrozen = true;
    };
    return { channel: channel as unknown as BroadcastChannel, freeze };
  }
  return { open };
}

/** An event stream whose connections a test opens, feeds and cuts. */
export function createStreamServer() {
  type Line = {
    say: (type: string, data: unknown) => void;
    raw: (text: string) => void;
    cut: () => void;
    isOpen: boolean;
  };
  const lines: Line[] = [];
  /** When each request for a stream came, whatever became of it. */
  const askedAt: number[] = [];
  /** The answers to heartbeats. */
  const alive: unknown[] = [];
  let answer: (() => Response) | null = null;
  const fetch: typeof globalThis.fetch = async (url, init) => {
    if (init?.method === 'POST') {
      if (url !== '/api/events/alive') throw new Error(`posted to ${url}`);
      alive.push(JSON.parse(String(init.body)));
      return new Response(null, { status: 204 });
    }
    askedAt.push(Date.now());
    if (answer) return answer();
    let controller: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({
      start(made) {
        controller = made;
      },
    });
    const raw = (text: string) => controller.enqueue(new TextEncoder().encode(text));
    const line: Line = {
      isOpen: true,
      raw,
      say: (type, data) => raw(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`),
      cut: () => {
        line.isOpen = false;
        controller.close();
      },
    };
    init?.signal?.addEventListener('abort', () => {
      if (line.isOpen) controller.error(new DOMException('aborted', 'AbortError'));
      line.isOpen = false;
    });
    lines.push(line);
    return new Response(body, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } });
  };
  /** Answers with this instead of a stream; null: with streams again. */
  const answerWith = (next: (() => Response) | null) => {
    answer = next;
  };
  return { fetch, lines, askedAt, alive, answerWith };
}
