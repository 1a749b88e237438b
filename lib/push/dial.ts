import 'server-only';
import { type RequestOptions as HttpOptions, request as httpRequest } from 'node:http';
import { Agent, request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { type EndpointRules, NotPublic, parseEndpoint, resolvePublic } from './endpoint';

/** From resolving the name to the status: a push service responds in some 100 ms. */
export const dialTimeoutMs = 5000;
/** A response this long is read, so that its connection serves the next message, too. */
const readBytes = 4096;

/** What became of one message: `status` null — no response, for the reason in `problem`. */
export type Dialled = {
  status: number | null;
  /** What the push service asks to wait, in milliseconds. */
  retryAfterMs: number | null;
  /** A code such as `ETIMEDOUT`, which names no address. */
  problem: string | null;
};

export type Message = { endpoint: string; headers: Record<string, string>; body: Buffer };
export type Dial = (message: Message) => Promise<Dialled>;

/**
 * Makes what sends to push services. The name is resolved and checked for this very connection, whatever it resolved to
 * when it was saved; redirects are not followed, because Node's own client follows none; no response is waited for longer
 * than 5 s, and no more of it is read than is discarded.
 */
export function makeDial(rules: EndpointRules & { timeoutMs?: number | undefined }): {
  dial: Dial;
  close(): void;
} {
  const { timeoutMs = dialTimeoutMs } = rules;
  const lookup: LookupFunction = (hostname, options, callback) => {
    resolvePublic(hostname, rules.resolve).then(
      (addresses) => {
        const [first] = addresses;
        if (options.all) callback(null, addresses);
        else callback(null, first?.address ?? '', first?.family);
      },
      (error: Error) => callback(error, ''),
    );
  };
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 8, timeout: 60_000, lookup });

  const dial: Dial = async ({ endpoint, headers, body }) => {
    const url = parseEndpoint(endpoint, rules);
    if (!url) return failed('NotPublic');
    const isTest = url.origin === rules.testOrigin;
    const options: HttpOptions = {
      method: 'POST',
      headers: { ...headers, 'content-length': body.length },
      signal: AbortSignal.timeout(timeoutMs),
    };
    const send = isTest ? httpRequest(url, options) : httpsRequest(url, { ...options, agent });
    return new Promise<Dialled>((resolve) => {
      send.on('error', (error) => resolve(failed(codeOf(error))));
      send.on('response', (response) => {
        response.on('error', () => undefined);
        const length = Number(response.headers['content-length'] ?? readBytes + 1);
        if (length <= readBytes) response.resume();
        else response.destroy();
        resolve({
          status: response.statusCode ?? 0,
          retryAfterMs: retryAfterMs(response.headers['retry-after']),
          problem: null,
        });
      });
      send.end(body);
    });
  };
  return { dial, close: () => agent.destroy() };
}

const failed = (problem: string): Dialled => ({ status: null, retryAfterMs: null, problem });

function codeOf(error: Error): string {
  if (error instanceof NotPublic) return error.name;
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : error.name;
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
function retryAfterMs(value: string | undefined): number | null {
  if (value === undefined) return null;
  const seconds = /^\d{1,9}$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds * 1000) : null;
}
