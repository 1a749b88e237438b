import type { Writable } from 'node:stream';

/** Writes a body that lasts, once status and headers are sent, and ends it. */
type Pour = (out: Writable) => void;
type Headers = Record<string, string | string[]>;

/** What a route responds with when the defaults of `defineRoute` are not it. */
export class Answer {
  readonly status: number;
  readonly body: string | Uint8Array | Pour | null;
  /** By lower-case name. */
  readonly headers: Headers;

  constructor(status: number, body: Answer['body'], headers: Headers = {}) {
    this.status = status;
    this.body = body;
    this.headers = headers;
  }

  static json(data: unknown, status = 200): Answer {
    return new Answer(status, JSON.stringify(data), { 'content-type': 'application/json' });
  }
}
