import 'server-only';
import { AppError, say } from '@/lib/errors';

/** The largest JSON body in bytes, unless the route sets another limit. */
export const defaultMaxBodyBytes = 64 * 1024;

/**
 * The body's bytes, never holding more than `maxBytes` of them: Next itself has no limit. Throws
 * AppError `too_large`, or `invalid_input` when the client breaks off.
 */
export async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const reader = request.body?.getReader();
  if (!reader) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new AppError('invalid_input', 'server.brokeOff');
    });
    if (done) break;
    length += value.byteLength;
    if (length > maxBytes) {
      await reader.cancel().catch(() => undefined);
      throw tooLarge(maxBytes);
    }
    parts.push(value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}

/** The same as text. */
export async function readText(request: Request, maxBytes: number): Promise<string> {
  return new TextDecoder().decode(await readBytes(request, maxBytes));
}

/**
 * The body as JSON; an empty one counts as `{}`, so that commands without options need no body.
 * Only `application/json` is read: a form from elsewhere can't send that without asking first.
 */
export async function readJson(request: Request, maxBytes: number = defaultMaxBodyBytes): Promise<unknown> {
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
