import type { IncomingMessage } from 'node:http';
import type { ReadableHeaders } from '@/lib/viewer';

/** A body that is read no further than its reader wants; a `Request` is one, too. */
export type WithBody = { headers: ReadableHeaders; body: AsyncIterable<Uint8Array> | null };

/** A request as its route sees it. */
export type Asked = WithBody & {
  method: string;
  /** The route's address with `[names]` of its parameters. */
  pattern: string;
  params: Record<string, string>;
  path: string;
  /** What follows the question mark. */
  search: string;
};

/** Node keeps several headers of one name as a list, or joined by itself. */
export function readableHeaders({ headers }: Pick<IncomingMessage, 'headers'>): ReadableHeaders {
  return {
    get(name) {
      const value = headers[name];
      return (Array.isArray(value) ? value.join(', ') : value) ?? null;
    },
  };
}

/** The bytes of a request; what its reader leaves is discarded, so that the answer still reaches the client. */
export async function* bodyOf(message: IncomingMessage): AsyncGenerator<Uint8Array> {
  try {
    yield* message.iterator({ destroyOnReturn: false });
  } finally {
    message.resume();
  }
}
