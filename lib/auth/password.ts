import 'server-only';
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { AppError } from '@/lib/errors';

const derive = promisify(argon2);

/** Memory in KiB; 18 to 25 ms on one core (OWASP's parameters for Argon2id). */
const cost = { parallelism: 1, memory: 19_456, passes: 2, tagLength: 32 } as const;

/**
 * One hash at a time: each occupies a core and one of Node's four pool threads, which files and DNS need,
 * too. Password guessing therefore never delays rings (docs/cases.md, case 38).
 */
const maxAtOnce = 1;
/**
 * The most requests in the queue; the last waits about half a second, and further ones are refused. With the
 * one that is hashed as many as sign-ins are in hand (lib/http/rate-limit.ts).
 */
const maxWaiting = 24;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running < maxAtOnce) running += 1;
  else if (waiting.length < maxWaiting) await new Promise<void>((resolve) => waiting.push(resolve));
  else throw tooManyAtOnce();
  try {
    return await work();
  } finally {
    // Hands the slot to the next request in the queue.
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

function tooManyAtOnce(): AppError {
  return new AppError('rate_limited', 'server.tooManySignIns', {
    retryAfterSeconds: 1,
  });
}

/**
 * Hashes a password with Argon2id and a fresh nonce.
 *
 * @returns parameters, nonce and tag in one string
 * @throws {AppError} rate_limited — the queue is full
 */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  return written(nonce, await inTurn(() => derive('argon2id', { message: password, nonce, ...cost })));
}

/** Returns a hash that matches no known password, for accounts without sign-in. Cheap: hashes nothing. */
export function unusableHash(): string {
  return written(randomBytes(16), randomBytes(cost.tagLength));
}

function written(nonce: Buffer, tag: Buffer): string {
  const { memory, passes, parallelism } = cost;
  return `argon2id$m=${memory},t=${passes},p=${parallelism}$${nonce.toString('base64url')}$${tag.toString('base64url')}`;
}

const format = /^argon2id\$m=(\d+),t=(\d+),p=(\d+)\$([\w-]+)\$([\w-]+)$/;

/**
 * Returns whether the password matches the hash. Null (an unknown account) takes the same time and is false.
 *
 * @throws {AppError} rate_limited — the queue is full, whichever account it is
 */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const parts = format.exec(hash ?? unusableHash());
  if (!parts) throw new Error('a stored password hash has an unknown format');
  const [, memory, passes, parallelism, nonce = '', expected = ''] = parts;
  const tag = Buffer.from(expected, 'base64url');
  const given = await inTurn(() =>
    derive('argon2id', {
      message: password,
      nonce: Buffer.from(nonce, 'base64url'),
      memory: Number(memory),
      passes: Number(passes),
      parallelism: Number(parallelism),
      tagLength: tag.length,
    }),
  );
  return timingSafeEqual(given, tag) && hash !== null;
}
