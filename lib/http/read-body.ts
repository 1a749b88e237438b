import 'server-only';
import { AppError, say } from '@/lib/errors';
import type { WithBody } from './asked';

/** The largest JSON body in bytes, unless the route sets another limit. */
export const defaultMaxBodyBytes = 64 * 1024;

/**
 * The body's bytes, never holding more than `maxBytes` of them.
 *
 * @throws {AppError} too_large; invalid_input — the client broke off
 */
export async function readBytes(request: WithBody, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of request.body ?? []) {
      length += part.byteLength;
      if (length > maxBytes) break;
      parts.push(part);
    }
  } catch {
    throw new AppError('invalid_input', 'server.brokeOff');
  }
  if (length > maxBytes) throw tooLarge(maxBytes);
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}

/** The same as text. */
export async function readText(request: WithBody, maxBytes: number): Promise<string> {
  return new TextDecoder().decode(await readBytes(request, maxBytes));
}

/**
 * The body as JSON; an empty one counts as `{}`, so that commands without options need no body.
 * Only `application/json` is read: a form from elsewhere can't send that without asking first.
 */
export async function readJson(request: WithBody, maxBytes: number = defaultMaxBodyBytes): Promise<unknown> {
  const text = await readText(request, maxBytes);
  if (text === '') return {};
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw new AppError('invalid_input', 'server.mustBeJson');
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('invalid_input', 'server.notJson');
  }
}

function tooLarge(maxBytes: number): AppError {
  return new AppError('too_large', say('server.atMostFits', { count: Math.floor(maxBytes / 1024) }));
}
