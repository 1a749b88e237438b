import 'server-only';
import type { Writable } from 'node:stream';

/** A client that has taken none of what waits for it for this long does not read. */
const unreadForMs = 30_000;
/** With this much waiting the outbox is full: nothing more should be read for this client. */
const fullAtBytes = 64 * 1024;
/** A long text leaves in pieces, so that a slow client that is reading a snapshot is seen to read. */
const pieceBytes = 16 * 1024;

/** What is on its way to one client. It waits here until the client's connection takes it. */
export class Outbox {
  #out: Writable | null = null;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #isEnding = false;
  #sentBytes = 0;
  #takenBytes = 0;
  /** When the client last took something, or had nothing to take; `performance.now()`. */
  #readAt = performance.now();
  #onDrained: (() => void) | null = null;

  /**
   * Sends what waits, and from now on everything, to this client.
   *
   * @param onGone The client has disconnected.
   */
  flowTo(out: Writable, onGone: () => void): void {
    this.#out = out;
    const gone = () => {
      if (!this.#out) return;
      this.#forget();
      onGone();
    };
    if (out.destroyed) {
      gone();
      return;
    }
    out.on('drain', () => this.#pump());
    out.on('close', gone);
    this.#pump();
  }

  /**
   * Queues the bytes, which may be shared by many clients.
   *
   * @returns false, with nothing queued, when the client has read nothing for 30 s of what waits for it
   */
  send(bytes: Uint8Array): boolean {
    const taken = this.#sentBytes - this.#untakenBytes();
    if (taken > this.#takenBytes || taken === this.#sentBytes) {
      this.#takenBytes = taken;
      this.#readAt = performance.now();
    } else if (performance.now() - this.#readAt > unreadForMs) return false;
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      this.#waiting.push(bytes.length > pieceBytes ? bytes.subarray(at, at + pieceBytes) : bytes);
    }
    this.#waitingBytes += bytes.length;
    this.#sentBytes += bytes.length;
    this.#pump();
    return true;
  }

  /** Null while there is room, else resolves once there is again; also when the outbox is closed. */
  whenDrained(): Promise<void> | null {
    if (this.#untakenBytes() < fullAtBytes) return null;
    return new Promise((resolve) => {
      const waiting = this.#onDrained;
      this.#onDrained = () => {
        waiting?.();
        resolve();
      };
    });
  }

  /** Ends the response after what was sent. */
  close(): void {
    this.#isEnding = true;
    this.#pump();
    this.#wake();
  }

  /** Breaks the connection off: what waits is forgotten. */
  breakOff(): void {
    const out = this.#out;
    this.#forget();
    out?.destroy();
  }

  #pump(): void {
    if (!this.#out) return;
    let next = 0;
    while (next < this.#waiting.length && !this.#out.writableNeedDrain) {
      const bytes = this.#waiting[next++] as Uint8Array;
      this.#waitingBytes -= bytes.length;
      this.#out.write(bytes);
    }
    if (next > 0) this.#waiting = this.#waiting.slice(next);
    if (this.#isEnding && this.#waiting.length === 0) {
      this.#out.end();
      this.#out = null;
    }
    if (this.#untakenBytes() < fullAtBytes) this.#wake();
  }

  #forget(): void {
    this.#out = null;
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#wake();
  }

  #untakenBytes(): number {
    return this.#waitingBytes + (this.#out?.writableLength ?? 0);
  }

  #wake(): void {
    const waiting = this.#onDrained;
    this.#onDrained = null;
    waiting?.();
  }
}
