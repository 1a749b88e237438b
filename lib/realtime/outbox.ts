import 'server-only';

/** A client that has taken none of what waits for it for this long does not read. */
const unreadForMs = 30_000;
/** With this much waiting the outbox is full: nothing more should be read for this client. */
const fullAtBytes = 64 * 1024;
/** A long text leaves in pieces, so that a slow client that is reading a snapshot is seen to read. */
const pieceBytes = 16 * 1024;

const text = new TextEncoder();

/** What is on its way to one client, as the body of a streamed response. */
export class Outbox {
  readonly body: ReadableStream<Uint8Array>;
  #controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  #sentBytes = 0;
  #takenBytes = 0;
  /** When the client last took something, or had nothing to take; `performance.now()`. */
  #readAt = performance.now();
  #onDrained: (() => void) | null = null;

  /** @param onCancel The body was given up by its reader. */
  constructor(onCancel: () => void) {
    this.body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        pull: () => this.#wake(),
        cancel: () => {
          this.#end();
          onCancel();
        },
      },
      new ByteLengthQueuingStrategy({ highWaterMark: fullAtBytes }),
    );
  }

  /**
   * Queues a text.
   *
   * @returns false, with nothing queued, when the client has read nothing for 30 s of what waits for it
   */
  send(message: string): boolean {
    const taken = this.#sentBytes - this.#waitingBytes();
    if (taken > this.#takenBytes || taken === this.#sentBytes) {
      this.#takenBytes = taken;
      this.#readAt = performance.now();
    } else if (performance.now() - this.#readAt > unreadForMs) return false;
    const bytes = text.encode(message);
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      this.#controller?.enqueue(bytes.subarray(at, at + pieceBytes));
    }
    this.#sentBytes += bytes.length;
    return true;
  }

  /** Null while there is room, else resolves once there is again; also when the outbox is closed. */
  whenDrained(): Promise<void> | null {
    if (this.#waitingBytes() < fullAtBytes) return null;
    return new Promise((resolve) => {
      const waiting = this.#onDrained;
      this.#onDrained = () => {
        waiting?.();
        resolve();
      };
    });
  }

  /** Ends the body after what was sent. */
  close(): void {
    this.#controller?.close();
    this.#end();
  }

  /** Breaks the body off: what waits is forgotten. */
  breakOff(why: string): void {
    this.#controller?.error(new Error(why));
    this.#end();
  }

  #end(): void {
    this.#controller = null;
    this.#wake();
  }

  #waitingBytes(): number {
    return this.#controller ? fullAtBytes - (this.#controller.desiredSize ?? 0) : 0;
  }

  #wake(): void {
    const waiting = this.#onDrained;
    this.#onDrained = null;
    waiting?.();
  }
}
