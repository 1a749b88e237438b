import 'server-only';
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { AppError } from '@/lib/errors';

const derive = promisify(argon2);

/** Memory in KiB; 18 to 25 ms on one core (STACK.md, section 4). */
const cost = { parallelism: 1, memory: 19_456, passes: 2, tagLength: 32 } as const;

/**
 * One hash at a time: each keeps a core busy, and shares Node's four threads with files and DNS. However
 * many people guess passwords, the other core rings (FAULTS.md, case 38).
 */
const maxAtOnce = 1;
/** Who comes when this many wait is sent away instead of waiting: the last in line waits about half a second. */
const maxWaiting = 20;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running < maxAtOnce) running += 1;
  else if (waiting.length < maxWaiting) await new Promise<void>((resolve) => waiting.push(resolve));
  else throw tooManyAtOnce();
  try {
    return await work();
  } finally {
    // The place goes straight to the next one in line, if there is one.
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

function tooManyAtOnce(): AppError {
  return new AppError('rate_limited', 'Too many people sign in at this moment. Try again in a second.', {
    retryAfterSeconds: 1,
  });
}

/**
 * Argon2id of a password with a fresh nonce; the answer carries all that verifying needs. Throws AppError
 * `rate_limited` when too many wait already.
 */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  return written(nonce, await inTurn(() => derive('argon2id', { message: password, nonce, ...cost })));
}

/** A hash that no password is known to fit: for an account that nobody shall get into. Costs nothing to make. */
export function hashOfNobody(): string {
  return written(randomBytes(16), randomBytes(cost.tagLength));
}

function written(nonce: Buffer, tag: Buffer): string {
  const { memory, passes, parallelism } = cost;
  return `argon2id$m=${memory},t=${passes},p=${parallelism}$${nonce.toString('base64url')}$${tag.toString('base64url')}`;
}

const format = /^argon2id\$m=(\d+),t=(\d+),p=(\d+)\$([\w-]+)\$([\w-]+)$/;

/**
 * Whether the password is the one that was hashed. Null for an account that does not exist takes
 * the same time and is false. Throws AppError `rate_limited` when too many wait already, whichever account
 * it is about.
 */
export async function verifyPassword(password: string, hash: string | null): Promise<boolean> {
  const parts = format.exec(hash ?? hashOfNobody());
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
